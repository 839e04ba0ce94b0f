package dev.alidade.listener.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class VariablePatternTest {
  private static boolean matches(String pattern, String variable) {
    return VariablePattern.of(pattern).matches(variable, "Softmax");
  }

  @Test
  void glob_matchesWholeNames_slashesToo() {
    assertThat(matches("block*/mlp_hidden", "block0/mlp_hidden")).isTrue();
    assertThat(matches("block*/mlp_hidden", "block0/inner/mlp_hidden")).isTrue();
    assertThat(matches("block*/mlp_hidden", "block0/mlp_hidden_2")).isFalse();
    assertThat(matches("block?", "block1")).isTrue();
    assertThat(matches("block?", "block12")).isFalse();
    assertThat(matches("a.b[1]", "a.b[1]")).isTrue();
    assertThat(matches("a.b", "aXb")).isFalse();
  }

  @Test
  void type_isComparedWithoutRegardToCase() {
    assertThat(matches("type:softmax", "anything")).isTrue();
    assertThat(matches("type:SOFT*", "anything")).isTrue();
    assertThat(matches("type:relu", "anything")).isFalse();
  }

  @Test
  void pattern_withNothingInIt_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VariablePattern.of("type: "))
        .withMessage("variables must be names, globs or type: and an operation: 'type: '");
  }
}
