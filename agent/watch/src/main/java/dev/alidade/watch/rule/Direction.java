package dev.alidade.watch.rule;

/** Which way a value must move to matter. */
public enum Direction {
  UP,
  DOWN,
  BOTH
}
