package dev.alidade.analysis.laws;

import java.util.List;

/** The outcome of fitting a law: either a fit with its doubts, or the reason for having none. */
public sealed interface Fit permits Fitted, Unidentifiable {
  /** The law that was fitted. */
  String law();

  /** How many samples were offered, before any were averaged. */
  long samples();

  /** Forecasts made by earlier fits whose time has come, oldest first. */
  List<PastForecast> past();

  /** The same outcome beside the given past forecasts. */
  Fit withPast(List<PastForecast> past);
}
