package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.alidade.listener.pipeline.Keep;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SettingsTest {
  private static Settings of(Setting setting, String value) {
    return Settings.of(Map.of(setting, value), new Properties(), Map.of());
  }

  private static void rejects(Setting setting, String value, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> of(setting, value)).withMessage(message);
  }

  @Test
  void value_thatBreaksItsRule_isNamed() {
    rejects(Setting.EVERY, "0", "every must be at least 1: 0");
    rejects(Setting.EVERY, "ten", "every must be a whole number: ten");
    rejects(Setting.CALLBACK_BUDGET, "0", "callbackBudget must be above 0 and at most 1: 0");
    rejects(Setting.ENABLED, "yes", "enabled must be true or false: yes");
    rejects(Setting.MEMORY, "lots", "memory must be bytes such as 65536, 512k, 64m or 1g: lots");
    rejects(
        Setting.SERVER, "localhost", "server must be an http or https address, or none: localhost");
    rejects(Setting.OBSERVATIONS, "some", "observations must be rare, all or none: some");
    rejects(
        Setting.LAYOUT,
        "=umap",
        "layout must be a method, or layer=method with commas between, * for any letters: =umap");
    rejects(
        Setting.LAYOUT,
        "conv*=u-map",
        "unknown layout 'u-map'; known: live, pca, som, graph, tsne, umap, pso, pca+pso, som+pso,"
            + " graph+pso, tsne+pso, umap+pso");
    rejects(Setting.DURABILITY, "none", "durability must be normal or full: none");
    rejects(
        Setting.VARIABLES,
        "a,type:",
        "variables must be names, globs or type: and an operation: 'type:'");
    rejects(Setting.RUN, " ", "run must not be blank: ''");
    rejects(Setting.RUN, "x".repeat(201), "run must be at most 200 characters: 201");
  }

  @Test
  void unknownProperty_isAnErrorThatNamesTheKnownOnes() {
    Properties properties = new Properties();
    properties.setProperty("alidade.evry", "3");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(Map.of(), properties, Map.of()))
        .withMessageStartingWith(
            "unknown setting 'alidade.evry'; known: alidade.run, alidade.every");
  }

  @Test
  void unknownVariable_isAnErrorThatNamesTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(Map.of(), new Properties(), Map.of("ALIDADE_EVRY", "3")))
        .withMessageStartingWith(
            "unknown setting 'ALIDADE_EVRY'; known: ALIDADE_RUN, ALIDADE_EVERY");
  }

  @Test
  void property_winsOverVariable_whichWinsOverTheBuilder() {
    Properties properties = new Properties();
    Map<Setting, String> built = Map.of(Setting.EVERY, "2", Setting.LAYER_BYTES, "1k");
    Map<String, String> variables = Map.of("ALIDADE_EVERY", "3", "PATH", "/bin");
    assertThat(Settings.of(built, properties, variables).every()).isEqualTo(3);
    properties.setProperty("alidade.every", "4");
    properties.setProperty("other.every", "5");
    Settings settings = Settings.of(built, properties, variables);
    assertThat(settings.every()).isEqualTo(4);
    assertThat(settings.layerBytes()).isEqualTo(1024);
  }

  @Test
  void variable_isTheNameInCapitalsWithUnderscores() {
    assertThat(Setting.CALLBACK_BUDGET.variable()).isEqualTo("ALIDADE_CALLBACK_BUDGET");
    assertThat(Setting.CALLBACK_BUDGET.property()).isEqualTo("alidade.callbackBudget");
  }

  @Test
  void observations_areNamedOrTrueOrFalse() {
    assertThat(of(Setting.OBSERVATIONS, "true").observations()).isEqualTo(Keep.ALL);
    assertThat(of(Setting.OBSERVATIONS, "False").observations()).isEqualTo(Keep.NONE);
    assertThat(of(Setting.OBSERVATIONS, "rare").observations()).isEqualTo(Keep.RARE);
  }

  @Test
  void defaults_areTheDocumentedOnes() {
    Settings settings = Settings.of(Map.of(), new Properties(), Map.of());
    assertThat(settings.observations()).isEqualTo(Keep.RARE);
    assertThat(settings.layout().method("conv1")).isEqualTo("live");
    assertThat(settings.every()).isEqualTo(10);
    assertThat(settings.callbackBudget()).isEqualTo(0.01);
    assertThat(settings.analysisBudget()).isEqualTo(0.10);
    assertThat(settings.memoryBytes()).isEqualTo(64L << 20);
    assertThat(settings.server().orElseThrow()).hasPort(8790);
    assertThat(settings.tokens()).satisfies(path -> assertThat(path.toString()).endsWith("tokens"));
    assertThat(of(Setting.SERVER, "none").server()).isEmpty();
  }

  @Test
  void everyName_isAnnouncedToTheOtherParts() throws Exception {
    try (var content = Settings.class.getClassLoader().getResourceAsStream(Settings.NAMES)) {
      assertThat(
              new String(content.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8).lines())
          .containsExactlyElementsOf(
              java.util.Arrays.stream(Setting.values()).map(setting -> setting.id).toList());
    }
  }
}
