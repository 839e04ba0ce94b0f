package dev.alidade.examples.digits;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Minibatches of digits: features {@code [batch, 784]}, labels one-hot {@code [batch, 10]}.
 *
 * <p>An epoch is a number of batches; the next epoch goes on where this one ended, so drawn digits
 * are always new and those of a file come round again.
 */
public final class DigitBatches implements DataSetIterator {
  private final transient Digits digits;
  private final int batch;
  private final int batchesPerEpoch;
  private long next;
  private int given;
  private transient BooleanSupplier ended = () -> false;
  private @Nullable DataSetPreProcessor preProcessor;

  /** Batches of a source. */
  public DigitBatches(Digits digits, int batch, int batchesPerEpoch) {
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be at least 1: " + batch);
    }
    this.digits = digits;
    this.batch = batch;
    this.batchesPerEpoch = batchesPerEpoch;
  }

  /** Also ends every epoch as soon as this says so: asked before each batch. */
  public DigitBatches until(BooleanSupplier ended) {
    this.ended = ended;
    return this;
  }

  @Override
  public DataSet next() {
    return next(batch);
  }

  @Override
  public DataSet next(int rows) {
    if (given >= batchesPerEpoch) {
      throw new NoSuchElementException("the epoch ended after " + given + " batches");
    }
    float[] features = new float[rows * Digits.PIXELS];
    float[] labels = new float[rows * Digits.CLASSES];
    for (int row = 0; row < rows; row++) {
      int label = digits.read(next++, features, row * Digits.PIXELS);
      labels[row * Digits.CLASSES + label] = 1;
    }
    given++;
    DataSet data =
        new DataSet(
            Nd4j.createFromArray(features).reshape(rows, Digits.PIXELS),
            Nd4j.createFromArray(labels).reshape(rows, Digits.CLASSES));
    if (preProcessor != null) {
      preProcessor.preProcess(data);
    }
    return data;
  }

  @Override
  public boolean hasNext() {
    return given < batchesPerEpoch && !ended.getAsBoolean();
  }

  @Override
  public void reset() {
    given = 0;
  }

  @Override
  public boolean resetSupported() {
    return true;
  }

  /** False: drawing is cheap, and a training without a prefetching thread is easier to repeat. */
  @Override
  public boolean asyncSupported() {
    return false;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public int inputColumns() {
    return Digits.PIXELS;
  }

  @Override
  public int totalOutcomes() {
    return Digits.CLASSES;
  }

  @Override
  public List<String> getLabels() {
    return List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Override
  public void setPreProcessor(@Nullable DataSetPreProcessor preProcessor) {
    this.preProcessor = preProcessor;
  }

  @Override
  public @Nullable DataSetPreProcessor getPreProcessor() {
    return preProcessor;
  }
}
