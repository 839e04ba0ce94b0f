package dev.alidade.listener.pipeline;

import java.util.HashMap;
import java.util.Map;

/**
 * When slow quantities are due: each piece of work again and again, so far apart that all together
 * take a fifth of the analysis budget. A quantity says what it costs, this says when. Belongs to
 * the analysis thread.
 */
final class SlowTurns {
  private static final double SHARE = 0.2;

  /** So many are done unseen before any has been measured; the others wait. */
  private static final int AT_ONCE = 8;

  private static final double GUESS_NANOS = 20e6;

  private static final class Turn {
    double cost = GUESS_NANOS;
    long next;
  }

  private final double share;
  private final Map<String, Turn> turns = new HashMap<>();

  /**
   * @param analysisBudget share of one core for the whole analysis thread
   */
  SlowTurns(double analysisBudget) {
    share = SHARE * analysisBudget;
  }

  /** Whether this piece of work is due. */
  boolean due(String work, long nowNanos) {
    Turn turn = turns.get(work);
    if (turn == null) {
      turn = new Turn();
      turn.next = nowNanos + (long) (turns.size() / AT_ONCE * AT_ONCE * GUESS_NANOS / share);
      turns.put(work, turn);
    }
    return nowNanos - turn.next >= 0;
  }

  /** Books what it took, and with that when it is due again. */
  void took(String work, long nowNanos, long cpuNanos) {
    Turn turn = turns.computeIfAbsent(work, unused -> new Turn());
    turn.cost = turn.cost == GUESS_NANOS ? cpuNanos : (turn.cost + cpuNanos) / 2;
    turn.next = nowNanos + (long) (turn.cost * turns.size() / share);
  }
}
