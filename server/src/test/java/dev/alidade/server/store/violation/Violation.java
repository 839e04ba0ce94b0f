package dev.alidade.server.store.violation;

import dev.alidade.server.live.LiveMeters;

/** Breaks the rule that the store stands alone, so that a test sees the rule fail. */
public abstract class Violation implements LiveMeters {}
