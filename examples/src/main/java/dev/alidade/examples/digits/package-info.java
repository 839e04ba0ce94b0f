/**
 * Digits to train on: {@link dev.alidade.examples.digits.DrawnDigits} draws its own, without end
 * and without a download; {@link dev.alidade.examples.digits.IdxDigits} reads MNIST's files.
 *
 * <p>A drawn digit is a few pen strokes ({@code Glyphs}), bent and slanted ({@code Warp}) and inked
 * with a round pen ({@code Pen}). {@link dev.alidade.examples.digits.DigitBatches} hands either
 * kind to a network.
 */
@NullMarked
package dev.alidade.examples.digits;

import org.jspecify.annotations.NullMarked;
