package dev.alidade.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  @TempDir Path folder;
  private Tokens tokens;

  @BeforeEach
  void create() throws Exception {
    tokens = Tokens.readOrCreate(folder.resolve("tokens"));
  }

  private Sessions at(Instant instant) {
    return new Sessions(tokens, Clock.fixed(instant, ZoneOffset.UTC));
  }

  @Test
  void session_proves_its_role_until_it_expires() {
    String cookie = at(NOW).start(Role.VIEW);
    Duration life = Sessions.LIFE;
    assertThat(at(NOW.plus(life).minusMillis(1)).role(cookie)).isEqualTo(Role.VIEW);
    assertThat(at(NOW.plus(life)).role(cookie)).isEqualTo(Role.NONE);
  }

  @Test
  void any_changed_character_makes_it_worthless() {
    String cookie = at(NOW).start(Role.VIEW);
    for (int i = 0; i < cookie.length(); i++) {
      char other = cookie.charAt(i) == 'A' ? 'B' : 'A';
      String changed = cookie.substring(0, i) + other + cookie.substring(i + 1);
      assertThat(at(NOW).role(changed)).as(changed).isEqualTo(Role.NONE);
    }
    assertThat(at(NOW).role(cookie.replace("view", "control"))).isEqualTo(Role.NONE);
    assertThat(at(NOW).role("")).isEqualTo(Role.NONE);
  }

  @Test
  void new_token_ends_its_sessions() throws Exception {
    String cookie = at(NOW).start(Role.CONTROL);
    Files.delete(folder.resolve("tokens"));
    tokens = Tokens.readOrCreate(folder.resolve("tokens"));
    assertThat(at(NOW).role(cookie)).isEqualTo(Role.NONE);
  }

  @Test
  void ended_session_is_over_and_others_are_not() {
    Sessions sessions = at(NOW);
    String one = sessions.start(Role.VIEW);
    String two = sessions.start(Role.VIEW);
    sessions.end(one);
    assertThat(sessions.role(one)).isEqualTo(Role.NONE);
    assertThat(sessions.role(two)).isEqualTo(Role.VIEW);
  }
}
