package dev.alidade.examples.digits;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Digits to train on, and others to test on that were never trained on.
 *
 * @param training the digits to train on
 * @param test the digits held out
 */
public record DigitSets(Digits training, Digits test) {
  /** Drawn ones: both sets are without end and have no digit in common. */
  public static DigitSets drawn(long seed) {
    return new DigitSets(new DrawnDigits(seed), new DrawnDigits(~seed));
  }

  /**
   * MNIST's, from a folder with its files. Where only the ten thousand of {@code t10k-*} are, the
   * first nine tenths train and the rest tests.
   *
   * @throws IOException naming folder and file, when one is missing or is not what it should be
   */
  public static DigitSets folder(Path folder) throws IOException {
    if (IdxDigits.has(folder, "train")) {
      IdxDigits training = IdxDigits.read(folder, "train");
      if (IdxDigits.has(folder, "t10k")) {
        return new DigitSets(training, IdxDigits.read(folder, "t10k"));
      }
      return split(training);
    }
    return split(IdxDigits.read(folder, "t10k"));
  }

  private static DigitSets split(IdxDigits all) {
    int size = (int) all.size();
    int held = Math.max(1, size / 10);
    return new DigitSets(all.slice(0, size - held), all.slice(size - held, size));
  }
}
