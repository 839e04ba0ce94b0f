package dev.alidade.server.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Browser sessions: {@code role.expiry.nonce.mac}, authenticated by HMAC-SHA-256 under a key drawn
 * from that role's token. Nothing is kept, so that an open page survives a restart of the server,
 * and a new token ends its sessions. Not thread safe.
 */
public final class Sessions {
  /** How long a page stays logged in. */
  public static final Duration LIFE = Duration.ofDays(30);

  private static final int MOST_ENDED = 10_000;
  private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

  private final Tokens tokens;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** Sessions that logged out; the oldest goes first when there are too many. */
  private final Map<String, Boolean> ended =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST_ENDED;
        }
      };

  public Sessions(Tokens tokens, Clock clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** The value of a new session's cookie. */
  public String start(Role role) {
    byte[] nonce = new byte[16];
    random.nextBytes(nonce);
    String content =
        role.text()
            + "."
            + clock.instant().plus(LIFE).toEpochMilli()
            + "."
            + TEXT.encodeToString(nonce);
    return content + "." + mac(role, content);
  }

  /** The role that a cookie's value proves. */
  public Role role(String cookie) {
    String[] parts = cookie.split("\\.", -1);
    if (parts.length != 4 || ended.containsKey(cookie)) {
      return Role.NONE;
    }
    Role role =
        switch (parts[0]) {
          case "view" -> Role.VIEW;
          case "control" -> Role.CONTROL;
          default -> Role.NONE;
        };
    if (role == Role.NONE) {
      return Role.NONE;
    }
    String content = cookie.substring(0, cookie.lastIndexOf('.'));
    boolean ours =
        MessageDigest.isEqual(
            mac(role, content).getBytes(StandardCharsets.UTF_8),
            parts[3].getBytes(StandardCharsets.UTF_8));
    // The expiry is read only once it is known to be ours, and thus a number.
    return ours && Long.parseLong(parts[1]) > clock.millis() ? role : Role.NONE;
  }

  /** Ends a session, until the server restarts at the latest; the browser forgets its cookie. */
  public void end(String cookie) {
    if (role(cookie) != Role.NONE) {
      ended.put(cookie, true);
    }
  }

  private String mac(Role role, String content) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] key = ("alidade session " + tokens.text(role)).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return TEXT.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
