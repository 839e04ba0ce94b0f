package dev.alidade.examples.text;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Minibatches for a character model: features one-hot {@code [batch, characters, length]}, labels
 * the same one character later. Each row of the batch reads a log of its own, from one batch to the
 * next.
 */
public final class TextBatches {
  private final SurveyLog[] logs;
  private final int[] last;
  private final int length;

  /** Batches of so many rows, each of so many characters. */
  public TextBatches(long seed, int batch, int length) {
    this.length = length;
    logs = new SurveyLog[batch];
    last = new int[batch];
    for (int row = 0; row < batch; row++) {
      logs[row] = new SurveyLog(seed + row);
      last[row] = logs[row].next();
    }
  }

  /** The next minibatch. */
  public DataSet next() {
    int characters = SurveyLog.CHARACTERS.length();
    float[] features = new float[logs.length * characters * length];
    float[] labels = new float[features.length];
    for (int row = 0; row < logs.length; row++) {
      for (int t = 0; t < length; t++) {
        int following = logs[row].next();
        features[(row * characters + last[row]) * length + t] = 1;
        labels[(row * characters + following) * length + t] = 1;
        last[row] = following;
      }
    }
    return new DataSet(array(features), array(labels));
  }

  private INDArray array(float[] values) {
    return Nd4j.createFromArray(values).reshape(logs.length, SurveyLog.CHARACTERS.length(), length);
  }
}
