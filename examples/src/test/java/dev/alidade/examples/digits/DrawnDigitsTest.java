package dev.alidade.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {
  @Test
  void digit_sameSeedAndIndex_isTheSamePictureWhateverWasReadBefore() {
    float[] first = new float[Digits.PIXELS];
    float[] second = new float[Digits.PIXELS];
    DrawnDigits digits = new DrawnDigits(5);
    int label = digits.read(123, first, 0);
    digits.read(7, second, 0);

    assertThat(new DrawnDigits(5).read(123, second, 0)).isEqualTo(label);
    assertThat(second).isEqualTo(first);
  }

  @Test
  void digit_otherIndexOrSeed_isAnotherPicture() {
    float[] one = new float[Digits.PIXELS];
    float[] two = new float[Digits.PIXELS];
    for (int i = 0; i < 200; i++) {
      new DrawnDigits(1).read(i, one, 0);
      new DrawnDigits(1).read(i + 1, two, 0);
      assertThat(one).isNotEqualTo(two);
      new DrawnDigits(2).read(i, two, 0);
      assertThat(one).isNotEqualTo(two);
    }
  }

  @Test
  void digit_always_isInkOnPaperInsideThePicture() {
    DrawnDigits digits = new DrawnDigits(9);
    float[] pixels = new float[Digits.PIXELS];
    for (int i = 0; i < 5000; i++) {
      digits.read(i, pixels, 0);
      double ink = 0;
      for (float pixel : pixels) {
        assertThat(pixel).isBetween(0f, 1f);
        ink += pixel;
      }
      assertThat(ink / Digits.PIXELS).as("share of ink of digit %d", i).isBetween(0.015, 0.45);
    }
  }

  @Test
  void labels_manyDigits_areAllAboutAsFrequent() {
    DrawnDigits digits = new DrawnDigits(3);
    float[] pixels = new float[Digits.PIXELS];
    int[] seen = new int[Digits.CLASSES];
    for (int i = 0; i < 10_000; i++) {
      seen[digits.read(i, pixels, 0)]++;
    }
    // Five standard deviations of a binomial with p = 0.1.
    assertThat(Arrays.stream(seen)).allMatch(n -> Math.abs(n - 1000) < 150);
  }

  /** If the shapes meant nothing, the nearest neighbour would be right once in ten times. */
  @Test
  void shapes_nearestNeighbour_tellsTheDigitsApartButNotPerfectly() {
    int known = 3000;
    int asked = 500;
    float[] references = new float[known * Digits.PIXELS];
    int[] labels = new int[known];
    DrawnDigits digits = new DrawnDigits(11);
    for (int i = 0; i < known; i++) {
      labels[i] = digits.read(i, references, i * Digits.PIXELS);
    }
    float[] pixels = new float[Digits.PIXELS];
    int right = 0;
    for (int i = 0; i < asked; i++) {
      int label = digits.read(known + i, pixels, 0);
      right += label == labels[nearest(references, known, pixels)] ? 1 : 0;
    }
    assertThat((double) right / asked).isBetween(0.75, 0.99);
  }

  private static int nearest(float[] references, int known, float[] pixels) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int i = 0; i < known; i++) {
      double distance = 0;
      for (int p = 0; p < Digits.PIXELS; p++) {
        float difference = references[i * Digits.PIXELS + p] - pixels[p];
        distance += difference * difference;
      }
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }
}
