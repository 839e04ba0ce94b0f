/**
 * Statistics of arrays of parameters, their gradients and updates: how large the steps are beside
 * what they change. Knows neither Deeplearning4j nor the wire.
 */
@NullMarked
package dev.alidade.analysis.parameter;

import org.jspecify.annotations.NullMarked;
