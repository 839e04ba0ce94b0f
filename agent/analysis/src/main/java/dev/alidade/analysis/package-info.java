/**
 * Pure arithmetic on activations: scan, quantities, layouts. Knows neither Deeplearning4j nor the
 * wire.
 */
@NullMarked
package dev.alidade.analysis;

import org.jspecify.annotations.NullMarked;
