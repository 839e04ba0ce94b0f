package dev.alidade.server.movie;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Numbers;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Iteration, epoch and score of the samples of a range, evenly fewer when there are many. */
final class Samples {
  private static final int MOST = 5000;

  private long[] iterations = new long[MOST];
  private int[] epochs = new int[MOST];
  private double[] scores = new double[MOST];
  private int count;

  static Samples read(RecordingReader reader, int worker, long from, long to) throws IOException {
    Samples samples = new Samples();
    for (long position : spaced(reader.positions(Kind.KIND_NUMBERS, worker, from, to), MOST)) {
      Optional<StoredFrame> stored = reader.at(position);
      if (stored.isPresent()) {
        Numbers numbers = stored.get().frame().payload(Numbers.parser());
        samples.add(stored.get().frame().iteration(), numbers.getEpoch(), numbers.getScore());
      }
    }
    samples.trim();
    return samples;
  }

  static List<Long> spaced(List<Long> all, int most) {
    if (all.size() <= most) {
      return all;
    }
    return java.util.stream.LongStream.range(0, most)
        .mapToObj(i -> all.get((int) (i * (all.size() - 1) / (most - 1))))
        .toList();
  }

  private void add(long iteration, int epoch, double score) {
    iterations[count] = iteration;
    epochs[count] = epoch;
    scores[count++] = score;
  }

  private void trim() {
    iterations = Arrays.copyOf(iterations, count);
    epochs = Arrays.copyOf(epochs, count);
    scores = Arrays.copyOf(scores, count);
  }

  int count() {
    return count;
  }

  /** The last at or before a moment; -1 when there is none. */
  int at(double iteration) {
    int found = Arrays.binarySearch(iterations, (long) Math.floor(iteration));
    if (found < 0) {
      return -found - 2;
    }
    // Of several at one iteration, the last.
    while (found + 1 < count && iterations[found + 1] == iterations[found]) {
      found++;
    }
    return found;
  }

  long iteration(int i) {
    return iterations[i];
  }

  int epoch(int i) {
    return epochs[i];
  }

  double score(int i) {
    return scores[i];
  }
}
