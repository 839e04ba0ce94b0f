/**
 * The quantities of a layer: one class each, with its definition and source. To add one: write a
 * class that implements {@link dev.alidade.analysis.quantity.LayerQuantity} here, reading only the
 * {@link dev.alidade.analysis.quantity.LayerView} (give that a new reading if it lacks one, filled
 * by the scan); append it to {@code Quantities} — order is the wire's index, so at the end; give
 * its test a reference value worked out by hand or taken from the paper, and a case where the
 * answer is NaN. Nothing else: the wire, the recording, the metrics and the dashboard follow the
 * list.
 */
@NullMarked
package dev.alidade.analysis.quantity;

import org.jspecify.annotations.NullMarked;
