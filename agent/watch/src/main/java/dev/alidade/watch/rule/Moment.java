package dev.alidade.watch.rule;

/**
 * When a sample was: its number among those a rule has seen, its iteration, its wall clock as the
 * frame says it.
 */
public record Moment(long sample, long iteration, long millis) {}
