package dev.alidade.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  @TempDir Path home;
  private final Map<String, String> builder = new HashMap<>();
  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  private Settings read() {
    return new SettingsReader(builder, properties, environment, home, Set.of("every", "tokens"))
        .read();
  }

  @Test
  void defaults_are_loopback() {
    Settings settings = read();
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8790);
    assertThat(settings.data()).isEqualTo(home.resolve("runs").toAbsolutePath());
    assertThat(settings.scheme()).isEqualTo("http");
  }

  @Test
  void builder_wins_over_property_over_environment_over_file() throws Exception {
    Files.writeString(home.resolve("server.yaml"), "port: 1\ntitle: a\nmostViewers: 7\ntls: off\n");
    environment.put("ALIDADE_PORT", "2");
    environment.put("ALIDADE_TITLE", "b");
    environment.put("ALIDADE_MOST_AGENTS", "9");
    properties.setProperty("alidade.port", "3");
    properties.setProperty("alidade.title", "c");
    builder.put("port", "4");
    Settings settings = read();
    assertThat(settings.port()).isEqualTo(4);
    assertThat(settings.title()).isEqualTo("c");
    assertThat(settings.mostAgents()).isEqualTo(9);
    assertThat(settings.mostViewers()).isEqualTo(7);
  }

  @Test
  void list_in_the_file_is_a_list() throws Exception {
    Files.writeString(home.resolve("server.yaml"), "hosts: [a.lab, b.lab]\n");
    assertThat(read().hosts()).containsExactly("a.lab", "b.lab");
  }

  @Test
  void unknown_name_is_an_error_that_names_the_known() throws Exception {
    properties.setProperty("alidade.prot", "1");
    assertThatThrownBy(this::read)
        .hasMessageStartingWith("unknown setting '-Dalidade.prot'; known: config, data, host");
    properties.clear();
    environment.put("ALIDADE_PROT", "1");
    assertThatThrownBy(this::read)
        .hasMessageStartingWith("unknown setting 'ALIDADE_PROT'; known: ALIDADE_CONFIG");
    environment.clear();
    Files.writeString(home.resolve("server.yaml"), "prot: 1\n");
    assertThatThrownBy(this::read).hasMessageContaining("prot").hasMessageContaining("known:");
  }

  @Test
  void names_of_another_part_are_left_to_it() {
    properties.setProperty("alidade.every", "10");
    environment.put("ALIDADE_EVERY", "10");
    assertThat(read().port()).isEqualTo(8790);
  }

  @Test
  void values_out_of_range_are_named() {
    builder.put("port", "65536");
    assertThatThrownBy(this::read).hasMessage("port must be at most 65535: 65536");
    builder.put("port", "many");
    assertThatThrownBy(this::read).hasMessage("port must be a whole number: many");
    builder.put("port", "0");
    builder.put("mostViewers", "0");
    assertThatThrownBy(this::read).hasMessage("mostViewers must be at least 1: 0");
    builder.remove("mostViewers");
    builder.put("hosts", "a.lab:80");
    assertThatThrownBy(this::read).hasMessage("hosts must be names without a port: 'a.lab:80'");
    builder.remove("hosts");
    builder.put("tlsCertificate", home.resolve("absent.pem").toString());
    assertThatThrownBy(this::read)
        .hasMessageStartingWith("tlsCertificate must be a readable PEM file: ");
  }

  @Test
  void file_that_is_no_yaml_is_an_error() throws Exception {
    Files.writeString(home.resolve("server.yaml"), "a: [b\n");
    assertThatThrownBy(this::read).hasMessageContaining("must be YAML");
    builder.put("config", home.resolve("absent.yaml").toString());
    assertThatThrownBy(this::read).hasMessageContaining("config must be a readable file");
  }

  @Test
  void announced_names_are_those_that_are_read() {
    assertThat(SettingNames.announced(SettingsTest.class.getClassLoader()))
        .containsAll(SettingsReader.keys());
  }
}
