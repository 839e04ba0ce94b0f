/**
 * Pure arithmetic on activations: scan, quantities, layouts. Knows neither Deeplearning4j nor the
 * wire.
 *
 * <p>{@link dev.alidade.analysis.LayerAnalysis} is what a listener holds, one for each layer; it is
 * given {@link dev.alidade.analysis.Activations}, a strided view of one sample, and answers with
 * unit statistics, a histogram, profiles and every quantity of {@link
 * dev.alidade.analysis.Quantities#layer}. How to add a quantity: {@code
 * dev.alidade.analysis.quantity}.
 */
@NullMarked
package dev.alidade.analysis;

import org.jspecify.annotations.NullMarked;
