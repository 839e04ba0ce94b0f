package dev.alidade.benchmarks;

import dev.alidade.analysis.layout.Kernels;
import dev.alidade.analysis.layout.LiveLayout;
import dev.alidade.analysis.layout.family.Activity;
import dev.alidade.analysis.layout.family.FamilyMap;
import dev.alidade.analysis.layout.family.LayoutFamily;
import dev.alidade.analysis.layout.family.LayoutTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How true, how calm and how fast each layout is while a network trains, in one table: {@code
 * sizes=128,512,1024,4096,16384 ticks=80 families=pca,tsne every=10}.
 *
 * <p>The live layouts tick over the whole run and are judged at each tick from the tenth on: of a
 * probe and of a stream, with the plain kernels and with the best. The families are computed at
 * every {@code every}-th of these ticks and at the one after it, posed like the one before, for
 * their displacement. Milliseconds are CPU of the thread, medians; the first ten ticks do not
 * count.
 */
public final class LayoutReport {
  private static final int WARM_UP = 10;
  private static final int PROBE_ROWS = 1000;
  private static final int FEWER_ROWS = 256;
  private static final int FEW_UNITS = 2048;

  private LayoutReport() {}

  /** Runs the report and prints it as Markdown. */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> chosen = new LinkedHashMap<>();
    chosen.put("sizes", "128,512,1024");
    chosen.put("ticks", "80");
    chosen.put("families", "pca,tsne,umap");
    chosen.put("every", "10");
    chosen.put("data", "data/mnist");
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      if (pair.length != 2 || !chosen.containsKey(pair[0])) {
        throw new IllegalArgumentException(
            "unknown argument '" + argument + "'; known: " + String.join(", ", chosen.keySet()));
      }
      chosen.put(pair[0], pair[1]);
    }
    SourceDigits digits = SourceDigits.of(Path.of(chosen.get("data")));
    System.out.printf(
        "%s, %s ticks of ten iterations, kernels: %s%n%n",
        digits.name(), chosen.get("ticks"), Kernels.best().name());
    System.out.println("| units | layout | trust | cont | kept | moved per tick | ms per tick |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (String size : chosen.get("sizes").split(",")) {
      report(
          digits,
          Integer.parseInt(size),
          Integer.parseInt(chosen.get("ticks")),
          Integer.parseInt(chosen.get("every")),
          Arrays.stream(chosen.get("families").split(",")).filter(f -> !f.isEmpty()).toList());
    }
  }

  private static void report(
      SourceDigits digits, int units, int ticks, int every, List<String> families) {
    int rows = units <= FEW_UNITS ? PROBE_ROWS : FEWER_ROWS;
    LayoutRun run = new LayoutRun(digits, units, rows);
    List<Live> live = new ArrayList<>();
    live.add(new Live("live, probe, plain", units, true, Kernels.plain()));
    live.add(new Live("live, stream, plain", units, false, Kernels.plain()));
    if (Kernels.best() != Kernels.plain()) {
      live.add(new Live("live, probe, vector", units, true, Kernels.best()));
    }
    List<Family> computed = families.stream().map(Family::new).toList();
    for (int t = 0; t < ticks; t++) {
      float[] probe = run.probe();
      float[] stream = run.stream();
      for (Live each : live) {
        each.tick(each.probed ? probe : stream, each.probed ? rows : LayoutRun.BATCH, t);
        if (t >= WARM_UP) {
          each.judge.judge(probe, rows, units, each.layout.positions());
        }
      }
      if (t >= WARM_UP && (t - WARM_UP) % every <= 1) {
        for (Family each : computed) {
          each.lay(probe, rows, units, (t - WARM_UP) % every == 1);
        }
      }
      run.train();
    }
    live.forEach(each -> row(units, each.name, each.judge, each.millis));
    computed.forEach(each -> row(units, each.name, each.judge, each.millis));
  }

  private static void row(int units, String name, MapJudge judge, List<Double> millis) {
    double median = millis.stream().sorted().skip(millis.size() / 2).findFirst().orElse(Double.NaN);
    System.out.printf("| %,d | %s | %s | %.1f |%n", units, name, judge.cells(), median);
  }

  private static final class Live {
    final String name;
    final boolean probed;
    final LiveLayout layout;
    final MapJudge judge = new MapJudge();
    final List<Double> millis = new ArrayList<>();

    Live(String name, int units, boolean probed, Kernels kernels) {
      this.name = name;
      this.probed = probed;
      layout = new LiveLayout(units, LiveLayout.Options.defaults(), kernels);
    }

    void tick(float[] observations, int rows, int tick) {
      float[] before = layout.positions().clone();
      long start = ThreadCpu.ofThisThread();
      if (probed) {
        layout.probe(observations, rows);
      } else {
        layout.fold(observations, rows);
      }
      layout.tick();
      double took = (ThreadCpu.ofThisThread() - start) / 1e6;
      if (tick >= WARM_UP) {
        millis.add(took);
        judge.move(before, layout.positions(), layout.states());
      }
    }
  }

  private static final class Family {
    final String name;
    final MapJudge judge = new MapJudge();
    final List<Double> millis = new ArrayList<>();
    private float[] before = {};

    Family(String name) {
      this.name = LayoutFamily.of(name).name();
    }

    void lay(float[] probe, int rows, int units, boolean follows) {
      LayoutTask task = LayoutTask.of(Activity.observations(probe, rows, units));
      long start = ThreadCpu.ofThisThread();
      FamilyMap map = LayoutFamily.of(name).lay(follows ? task.pose(before) : task);
      millis.add((ThreadCpu.ofThisThread() - start) / 1e6);
      judge.judge(probe, rows, units, map.positions());
      if (follows) {
        judge.move(before, map.positions(), map.states());
      }
      before = map.positions();
    }
  }
}
