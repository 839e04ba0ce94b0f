package dev.alidade.analysis.laws;

/** A simpler law on the same samples, to compare Akaike's criterion with; lower is better. */
public record Rival(String name, double aic) {}
