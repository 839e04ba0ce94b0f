package dev.alidade.server.security;

import java.util.Locale;

/** What a token allows. Control includes view; ingest stands alone. */
public enum Role {
  /** No valid credentials. */
  NONE,
  /** Send frames. */
  INGEST,
  /** Read runs. */
  VIEW,
  /** Read runs, delete and restore them. */
  CONTROL;

  /** Whether this role may do what {@code needed} may. */
  public boolean includes(Role needed) {
    return this == needed || needed == NONE || (this == CONTROL && needed == VIEW);
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
