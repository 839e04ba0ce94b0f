package dev.alidade.listener.capture;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A fixed batch that a network is looked at with again and again. Owns copies of its arrays. */
public final class ProbeBatch {
  private static final int LEAST_ROWS = 2;
  private static final INDArray[] NONE = {};

  final INDArray[] features;
  final @Nullable INDArray[] masks;
  final @Nullable INDArray labels;

  /** The row, as given, that each row here is. */
  private final int[] given;

  private final int rowsGiven;

  @SuppressWarnings("try") // The scope is its use.
  private ProbeBatch(
      INDArray[] features,
      @Nullable INDArray[] masks,
      @Nullable INDArray labels,
      int[] given,
      int rowsGiven,
      int mostRows) {
    this.given = some(given, mostRows);
    this.rowsGiven = rowsGiven;
    try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      this.features = Arrays.stream(features).map(a -> some(a, mostRows)).toArray(INDArray[]::new);
      this.masks =
          Arrays.stream(masks)
              .map(mask -> mask == null ? null : some(mask, mostRows))
              .toArray(INDArray[]::new);
      this.labels = labels == null ? null : some(labels, mostRows);
    }
  }

  /**
   * Copies at most {@code mostRows} rows, evenly strided.
   *
   * @throws IllegalArgumentException when there are fewer than two rows, or other many labels
   */
  public static ProbeBatch of(DataSet batch, int mostRows) {
    INDArray features = Objects.requireNonNull(batch.getFeatures(), "probe must have features");
    INDArray mask = batch.getFeaturesMaskArray();
    return checked(
        new INDArray[] {features},
        mask == null ? NONE : new INDArray[] {mask},
        batch.getLabels(),
        mostRows);
  }

  /** Copies at most {@code mostRows} rows; groups are by the first array of labels. */
  public static ProbeBatch of(MultiDataSet batch, int mostRows) {
    INDArray[] features = Objects.requireNonNull(batch.getFeatures(), "probe must have features");
    INDArray[] labels = batch.getLabels();
    INDArray[] masks = batch.getFeaturesMaskArrays();
    return checked(
        features,
        masks == null ? NONE : masks,
        labels == null || labels.length == 0 ? null : labels[0],
        mostRows);
  }

  private static ProbeBatch checked(
      INDArray[] features, @Nullable INDArray[] masks, @Nullable INDArray labels, int mostRows) {
    long rows = features[0].size(0);
    if (rows < LEAST_ROWS) {
      throw new IllegalArgumentException("probe must have at least 2 rows: " + rows);
    }
    if (labels != null && labels.size(0) != rows) {
      throw new IllegalArgumentException(
          "probe must have as many labels as rows, " + rows + ": " + labels.size(0));
    }
    int[] all = IntStream.range(0, (int) rows).toArray();
    return new ProbeBatch(features, masks, labels, all, all.length, mostRows);
  }

  int rows() {
    return (int) features[0].size(0);
  }

  /** Rows of the batch as it was given. */
  public int rowsGiven() {
    return rowsGiven;
  }

  int given(int row) {
    return given[row];
  }

  ProbeBatch atMost(int rows) {
    return rows >= rows() ? this : new ProbeBatch(features, masks, labels, given, rowsGiven, rows);
  }

  private static int[] some(int[] rows, int mostRows) {
    int kept = Math.min(mostRows, rows.length);
    return IntStream.range(0, kept).map(i -> rows[(int) ((long) i * rows.length / kept)]).toArray();
  }

  private static INDArray some(INDArray array, int mostRows) {
    long rows = array.size(0);
    if (rows <= mostRows) {
      return array.dup('c');
    }
    long[] shape = array.shape().clone();
    shape[0] = mostRows;
    INDArray kept = Nd4j.create(array.dataType(), shape, 'c');
    for (int row = 0; row < mostRows; row++) {
      kept.slice(row).assign(array.slice(row * rows / mostRows));
    }
    return kept;
  }
}
