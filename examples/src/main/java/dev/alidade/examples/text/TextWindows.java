package dev.alidade.examples.text;

import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.dataset.api.MultiDataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches of windows of a text, at random places: features and labels are classes, {@code [batch,
 * length]}, the labels one character later.
 */
public final class TextWindows implements MultiDataSetIterator {
  private final CharText text;
  private final int batch;
  private final int length;
  private final int batches;
  private final BooleanSupplier ended;
  private final SplittableRandom random;
  private final int from;
  private final int to;
  private int handed;

  private TextWindows(
      CharText text,
      int from,
      int to,
      int batch,
      int length,
      int batches,
      BooleanSupplier ended,
      long seed) {
    if (to - from <= length + 1) {
      throw new IllegalArgumentException(
          "text must be longer than its windows (" + length + "): " + (to - from));
    }
    this.text = text;
    this.from = from;
    this.to = to;
    this.batch = batch;
    this.length = length;
    this.batches = batches;
    this.ended = ended;
    this.random = new SplittableRandom(seed);
  }

  /** Other windows each time, from the part to train on, until {@code ended}. */
  public static TextWindows training(
      CharText text, int batch, int length, int batches, BooleanSupplier ended, long seed) {
    return new TextWindows(text, 0, text.training(), batch, length, batches, ended, seed);
  }

  /** Windows from the other part. */
  public static TextWindows validation(
      CharText text, int batch, int length, int batches, long seed) {
    return new TextWindows(
        text, text.training(), text.length(), batch, length, batches, () -> false, seed);
  }

  @Override
  public MultiDataSet next() {
    if (handed >= batches) {
      throw new NoSuchElementException("batches must be at most " + batches);
    }
    handed++;
    int[] features = new int[batch * length];
    int[] labels = new int[batch * length];
    for (int row = 0; row < batch; row++) {
      int start = random.nextInt(from, to - length);
      for (int i = 0; i < length; i++) {
        features[row * length + i] = text.at(start + i);
        labels[row * length + i] = text.at(start + i + 1);
      }
    }
    return new org.nd4j.linalg.dataset.MultiDataSet(array(features), array(labels));
  }

  private INDArray array(int... values) {
    return Nd4j.createFromArray(values).reshape(batch, length);
  }

  @Override
  public MultiDataSet next(int num) {
    return next();
  }

  /** One batch at least: SameDiff cannot fit none. */
  @Override
  public boolean hasNext() {
    return handed == 0 || (handed < batches && !ended.getAsBoolean());
  }

  @Override
  public void reset() {
    handed = 0;
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public void setPreProcessor(MultiDataSetPreProcessor preProcessor) {
    throw new UnsupportedOperationException("classes of characters are not preprocessed");
  }

  @Override
  @SuppressWarnings("NullAway") // The interface has no annotations; null says there is none.
  public MultiDataSetPreProcessor getPreProcessor() {
    return null;
  }
}
