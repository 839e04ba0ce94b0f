package dev.alidade.examples.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;

/** A text as classes of characters: the first nine tenths to train on, the rest to validate. */
public final class CharText {
  private final char[] alphabet;
  private final int[] classes;

  private CharText(char[] alphabet, int... classes) {
    this.alphabet = alphabet;
    this.classes = classes;
  }

  /**
   * Any text.
   *
   * @throws IllegalArgumentException when it has fewer than 2,000 characters
   */
  public static CharText of(String text) {
    if (text.length() < 2000) {
      throw new IllegalArgumentException(
          "text must have at least 2000 characters: " + text.length());
    }
    TreeSet<Character> seen = new TreeSet<>();
    text.chars().forEach(c -> seen.add((char) c));
    char[] alphabet = new char[seen.size()];
    int next = 0;
    for (char c : seen) {
      alphabet[next++] = c;
    }
    return new CharText(
        alphabet, text.chars().map(c -> Arrays.binarySearch(alphabet, (char) c)).toArray());
  }

  /** A file in UTF-8. */
  public static CharText file(Path file) throws IOException {
    return of(Files.readString(file, StandardCharsets.UTF_8));
  }

  /** So many characters of a surveyor's log. */
  public static CharText made(long seed, int length) {
    SurveyLog log = new SurveyLog(seed);
    StringBuilder text = new StringBuilder(length);
    while (text.length() < length) {
      text.append(log.sentence());
    }
    return of(text.toString());
  }

  public int characters() {
    return alphabet.length;
  }

  public char character(int index) {
    return alphabet[index];
  }

  /** How long the part to train on is. */
  int training() {
    return classes.length / 10 * 9;
  }

  public int length() {
    return classes.length;
  }

  int at(int index) {
    return classes[index];
  }

  /**
   * The entropy of a character given the one before it, in nats, over the whole text: what a model
   * that looks back one character can reach at best.
   */
  public double bigramEntropy() {
    int n = alphabet.length;
    long[] pairs = new long[n * n];
    long[] first = new long[n];
    for (int i = 1; i < classes.length; i++) {
      pairs[classes[i - 1] * n + classes[i]]++;
      first[classes[i - 1]]++;
    }
    double entropy = 0;
    for (int pair = 0; pair < pairs.length; pair++) {
      if (pairs[pair] > 0) {
        entropy -= pairs[pair] * Math.log((double) pairs[pair] / first[pair / n]);
      }
    }
    return entropy / (classes.length - 1);
  }
}
