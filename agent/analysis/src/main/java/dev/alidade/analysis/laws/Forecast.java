package dev.alidade.analysis.laws;

/** What a law says of time t: the curve, and the 90 % band in which a sample should lie. */
public record Forecast(double t, double value, double low, double high) {}
