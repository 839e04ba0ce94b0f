package dev.alidade.watch.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class RulePackTest {
  private static RulePack parse(String text) throws RuleException {
    return RulePack.parse("my.yaml", text, Vocabulary.common());
  }

  private static String rule(String when) {
    return "rules:\n  - id: it\n    severity: info\n    when: " + when + "\n";
  }

  @Test
  void defaults_sayWhatTheyMeanAndWhatToTry() {
    assertThat(RulePack.defaults().rules())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            rule -> {
              assertThat(rule.text().meaning()).isNotBlank();
              assertThat(rule.text().why()).isNotBlank();
              assertThat(rule.text().advice()).isNotBlank();
              assertThat(rule.text().reference()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{quantity: rms, abov: 1}        | my.yaml:4:27: rules[0].when has no key 'abov'; known: above, all",
        "{quantity: mrs, above: 1}       | my.yaml:4:22: rules[0].when.quantity is not known: mrs; known: ",
        "{quantity: rms, above: tall}    | my.yaml:4:34: rules[0].when.above must be a number: tall",
        "{quantity: rms}                 | my.yaml:4:11: rules[0].when must have one of above, all, any",
        "{above: 1}                      | my.yaml:4:11: rules[0].when must have the key quantity",
        "{quantity: rms, above: 1, clear: 2} | when.clear must be on the safe side of 1: 2",
        "{quantity: rms, outside: [2, 1]} | when.outside must be two numbers, the lower first",
        "{quantity: rms, change: {factor: 1, within: 3 samples}} | must be above 1.0: 1.0",
        "{quantity: rms, change: {factor: 2, within: soon}} | must be a number and samples",
        "{quantity: rms, change: {factor: 2, difference: 1, within: 3 samples}} | either factor or",
        "{quantity: rms, relative_to: yesterday, above: 1} | must be one of first_to_last",
        "{quantity: rms, switched: {stable: 1.5}} | must be a whole number from 2",
        "{all: []}                       | when.all must have at least one condition",
        "12                              | when must be a mapping with "
      })
  void wrongCondition_isAnErrorWithItsPlace(String when, String message) {
    assertThatThrownBy(() -> parse(rule(when)))
        .isInstanceOf(RuleException.class)
        .hasMessageContaining(message);
  }

  @Test
  void wrongFile_isAnErrorWithItsPlace() {
    assertThatThrownBy(() -> parse("rules: [\n  {id: x"))
        .hasMessageStartingWith("my.yaml:")
        .hasMessageContaining("must be YAML");
    assertThatThrownBy(() -> parse("rule: []"))
        .hasMessage("my.yaml:1:1: has no key 'rule'; known: rules");
    assertThatThrownBy(
            () ->
                parse(
                    rule("{quantity: rms, above: 1}")
                        + "  - id: it\n    severity: info\n    when: {quantity: rms, above: 1}"))
        .hasMessage("my.yaml:5:5: rules[1] has an id that another rule has: it");
    assertThatThrownBy(() -> parse("")).hasMessageContaining("must be a mapping with rules");
    assertThatThrownBy(() -> parse("rules: !!java.net.URL ['http://127.0.0.1/']"))
        .isInstanceOf(RuleException.class);
    assertThatThrownBy(() -> parse("#".repeat(RulePack.MOST_CHARACTERS + 1)))
        .hasMessageContaining("at most 1048576 characters");
  }

  @Test
  void schema_hasTheKeysOfTheParser() throws IOException {
    Map<String, Object> definitions = definitions();

    assertThat(properties(definitions, "rule"))
        .containsExactlyInAnyOrderElementsOf(RulePack.RULE_KEYS);
    assertThat(properties(definitions, "condition"))
        .containsExactlyInAnyOrderElementsOf(ConditionReader.keys());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> definitions() throws IOException {
    try (InputStream in =
        RulePack.class.getResourceAsStream("/dev/alidade/watch/rules.schema.json")) {
      Map<String, Object> schema = new Yaml().load(Objects.requireNonNull(in));
      return (Map<String, Object>) schema.get("$defs");
    }
  }

  @SuppressWarnings("unchecked")
  private static Iterable<String> properties(Map<String, Object> definitions, String name) {
    Map<String, Object> definition = (Map<String, Object>) definitions.get(name);
    return ((Map<String, Object>) Objects.requireNonNull(definition).get("properties")).keySet();
  }
}
