/**
 * The quantities of a layer: one class each, with its definition and source. What one may read is
 * {@link dev.alidade.analysis.quantity.LayerView} (give that a new reading if it lacks one, filled
 * by the scan); when one is worked out follows from its {@link dev.alidade.analysis.quantity.Cost}.
 * How to add one, with an example: CONTRIBUTING.
 */
@NullMarked
package dev.alidade.analysis.quantity;

import org.jspecify.annotations.NullMarked;
