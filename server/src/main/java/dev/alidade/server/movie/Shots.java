package dev.alidade.server.movie;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.server.picture.LayerMap;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Picture;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The maps of all layers, played forwards. Holds a few maps per layer, however long the run is. */
final class Shots {
  /** A layer that is absent from so many pictures stays where it was until it is back. */
  private static final int MOST_AHEAD = 16;

  private record Shot(long iteration, LayerMap map) {}

  private final RecordingReader reader;
  private final Description description;
  private final List<Long> positions;
  private final List<Deque<Shot>> queues = new ArrayList<>();
  private final List<Boolean> isSigned;
  private int next;
  private final Deque<Long> ahead = new ArrayDeque<>();

  Shots(
      RecordingReader reader,
      Description description,
      List<Long> positions,
      List<Boolean> isSigned) {
    this.reader = reader;
    this.description = description;
    this.positions = positions;
    this.isSigned = isSigned;
    for (int i = 0; i < isSigned.size(); i++) {
      queues.add(new ArrayDeque<>());
    }
  }

  /** Goes on to a moment, which is not before the one gone to last. */
  void to(double iteration) throws IOException {
    while (!ahead.isEmpty() && ahead.peek() <= iteration) {
      ahead.poll();
    }
    while (next < positions.size() && ahead.size() < MOST_AHEAD && isWanting(iteration)) {
      Optional<StoredFrame> stored = reader.at(positions.get(next++));
      if (stored.isPresent()) {
        long at = stored.get().frame().iteration();
        for (LayerPicture each : stored.get().frame().payload(Picture.parser()).getLayersList()) {
          take(at, each);
        }
        if (at > iteration) {
          ahead.add(at);
        }
      }
    }
    for (Deque<Shot> queue : queues) {
      drop(queue, iteration);
    }
  }

  private boolean isWanting(double iteration) {
    for (Deque<Shot> queue : queues) {
      if (queue.isEmpty() || queue.getLast().iteration() <= iteration) {
        return true;
      }
    }
    return false;
  }

  private void take(long iteration, LayerPicture picture) throws IOException {
    int layer = picture.getLayer();
    if (layer < 0 || layer >= queues.size() || !picture.hasPositions()) {
      return;
    }
    String activation = description.getLayers(layer).getActivation();
    Deque<Shot> queue = queues.get(layer);
    queue.add(new Shot(iteration, LayerMap.of(picture, activation, true)));
    if (queue.size() > MOST_AHEAD * 2) {
      queue.poll();
    }
  }

  private static void drop(Deque<Shot> queue, double iteration) {
    while (queue.size() > 1) {
      Shot first = queue.pop();
      if (queue.element().iteration() > iteration) {
        queue.push(first);
        return;
      }
    }
  }

  /** The map of a layer at the moment gone to; none before its first. */
  @Nullable LayerMap of(int layer, double iteration) {
    Deque<Shot> queue = queues.get(layer);
    Shot first = queue.peek();
    if (first == null || first.iteration() > iteration) {
      return null;
    }
    boolean isLast = queue.size() < 2;
    Shot second = isLast ? first : queue.stream().skip(1).findFirst().orElse(first);
    float share =
        isLast
            ? 0
            : (float) ((iteration - first.iteration()) / (second.iteration() - first.iteration()));
    return first.map().towards(second.map(), share, isSigned.get(layer));
  }
}
