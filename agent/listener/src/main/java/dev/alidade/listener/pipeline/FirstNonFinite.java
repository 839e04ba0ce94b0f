package dev.alidade.listener.pipeline;

import dev.alidade.wire.proto.Histogram;
import dev.alidade.wire.proto.LayerNumbers;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Says, once in a run, which layer was the first to show a NaN, and which the first infinity: the
 * first one in the order of the forward pass, of the first sample that had one.
 */
final class FirstNonFinite {
  private final Consumer<String> notes;
  private boolean nan;
  private boolean infinity;

  FirstNonFinite(Consumer<String> notes) {
    this.notes = notes;
  }

  /** Looks at a layer; layers come in the order of the forward pass. */
  void look(String layer, long iteration, LayerNumbers numbers) {
    Histogram histogram = numbers.getHistogram();
    if (!nan && histogram.getNans() > 0) {
      nan = true;
      say("NaN", histogram.getNans(), layer, iteration);
    }
    long infinities = histogram.getPositiveInfinities() + histogram.getNegativeInfinities();
    if (!infinity && infinities > 0) {
      infinity = true;
      say("infinity", infinities, layer, iteration);
    }
  }

  private void say(String what, long count, String layer, long iteration) {
    notes.accept(
        String.format(
            Locale.ROOT,
            "first %s: layer %s at iteration %d (%d values)",
            what,
            layer,
            iteration,
            count));
  }
}
