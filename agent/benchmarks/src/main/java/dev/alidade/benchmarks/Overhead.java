package dev.alidade.benchmarks;

import dev.alidade.listener.Alidade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What it costs a training to be watched: by nothing, by the agent, by Deeplearning4j's
 * StatsListener.
 *
 * <pre>{@code
 * mvn -q -Pbenchmarks -pl agent/benchmarks -am package -DskipTests -Doverhead
 * }</pre>
 *
 * <p>One model per workload is trained by every contender in turn, in a new random order each
 * round, in one JVM with one OpenMP thread. <b>callback</b> is the training thread's CPU time
 * inside the callbacks as a share of its CPU time outside them; <b>analysis</b> the analysis
 * thread's, over the same; <b>wall</b> the time of an iteration over that of "none" in the same
 * round, median with its 95 % bootstrap interval. Ratios below some 5 % drown in the noise of a
 * shared machine, hence the CPU shares, which are what is promised.
 *
 * <p>Measured on 20 November 2026 on 2 cores of an AMD EPYC, JDK 17.0.15: the MLP on a quiet
 * machine, 7 rounds of 20 iterations; the LeNet and both last lines before the scan was made
 * cheaper and with other load, 4 rounds of 12 (trust the shares there, not the ratios):
 *
 * <pre>
 * MLP 4x1024 b128
 *                            cpu ms/it   callback   analysis  wall / none
 * none                            81.6      0.00%      0.00%  1.000 [1.000, 1.000]
 * agent N=1                       84.9      0.75%     93.19%  1.041 [0.994, 1.122]
 * agent N=10                      81.1      0.13%     12.69%  1.008 [0.920, 1.066]
 * agent N=1, no maps              86.9      0.76%      3.99%  1.035 [0.962, 1.065]
 * agent N=10, no maps             80.8      0.12%      0.47%  0.978 [0.924, 1.033]
 * StatsListener N=1              229.3    175.41%      0.00%  2.839 [2.622, 3.086]
 * StatsListener N=10              94.4     17.92%      0.00%  1.148 [1.143, 1.170]
 *   without histograms N=1       195.8    142.09%      0.00%  2.337 [2.283, 2.549]
 *   activations only N=1          97.6      8.71%      0.00%  1.165 [1.059, 1.318]
 * analysis thread with maps at N=1: 9.9 % of a core over 60 s, budget 10 %
 *
 * LeNet b64
 *                            cpu ms/it   callback   analysis  wall / none
 * none                           227.3      0.00%      0.00%  1.000 [1.000, 1.000]
 * agent N=1                      229.6      0.51%      7.43%  1.033 [0.979, 1.108]
 * agent N=10                     226.2      0.06%      1.16%  0.998 [0.894, 1.075]
 * agent N=1, no maps             227.0      0.56%      2.87%  0.990 [0.950, 1.009]
 * agent N=10, no maps            228.2      0.08%      0.29%  1.012 [0.910, 1.029]
 * StatsListener N=1              286.5     28.06%      0.00%  1.244 [1.160, 1.331]
 * StatsListener N=10             234.1      3.96%      0.00%  1.049 [1.007, 1.101]
 *   without histograms N=1       253.6     14.87%      0.00%  1.134 [1.073, 1.173]
 *   activations only N=1         273.1     20.71%      0.00%  1.159 [1.101, 1.233]
 * analysis thread with maps at N=1: 7.9 % of a core over 60 s, budget 10 %
 * </pre>
 *
 * <p>Blocks of "agent N=1" fall into the start of a map, whose first ticks have a credit of four
 * times the budget; the last line of a table is the steady state.
 */
public final class Overhead {
  private static final int ROUNDS = Integer.getInteger("overhead.rounds", 7);
  private static final int ITERATIONS = Integer.getInteger("overhead.iterations", 20);
  private static final String ONLY = System.getProperty("overhead.only", "");

  private static final int WARM_UP_BLOCKS = 3;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int BUDGET_WARM_UP_SECONDS = 20;
  private static final int BUDGET_SECONDS = 60;

  private final Path folder;
  private final Workload workload;
  private final List<Contender> contenders = new ArrayList<>();

  private Overhead(Path folder, Workload workload) {
    this.folder = folder;
    this.workload = workload;
  }

  /** Prints one table per workload. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("alidade-overhead");
    if (wanted("mlp")) {
      new Overhead(folder, LayerWorkload.mlp()).run(true);
    }
    if (wanted("lenet")) {
      new Overhead(folder, LayerWorkload.lenet()).run(true);
    }
    if (wanted("transformer")) {
      new Overhead(folder, GraphWorkload.transformer()).run(false);
    }
  }

  private static boolean wanted(String workload) {
    return ONLY.isEmpty() || ONLY.equals(workload);
  }

  /**
   * @param layers whether it is a network of layers: StatsListener knows no other
   */
  private void run(boolean layers) {
    contenders.add(Contender.none());
    contenders.add(Contender.agent(1, folder));
    contenders.add(Contender.agent(10, folder));
    contenders.add(Contender.numbers(1, folder));
    contenders.add(Contender.numbers(10, folder));
    if (layers) {
      addStatsListeners();
    }
    for (int i = 0; i < WARM_UP_BLOCKS; i++) {
      contenders.forEach(this::block);
    }
    List<Contender> order = new ArrayList<>(contenders);
    Random random = new Random(1);
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(order, random);
      order.forEach(contender -> contender.measured.add(block(contender)));
    }
    print();
    contenders.forEach(Contender::close);
    printBudget();
  }

  private void addStatsListeners() {
    contenders.add(Contender.of("StatsListener N=1", DeepLearning4jStats.standard(1)));
    contenders.add(Contender.of("StatsListener N=10", DeepLearning4jStats.standard(10)));
    contenders.add(
        Contender.of("  without histograms N=1", DeepLearning4jStats.withoutHistograms(1)));
    contenders.add(Contender.of("  activations only N=1", DeepLearning4jStats.activationsOnly(1)));
  }

  private Measured.Block block(Contender contender) {
    workload.watchedBy(contender);
    contender.takeCallbackNanos();
    long analysis = contender.analysisCpu();
    long cpu = ThreadCpu.ofThisThread();
    long wall = System.nanoTime();
    workload.train(ITERATIONS);
    wall = System.nanoTime() - wall;
    cpu = ThreadCpu.ofThisThread() - cpu;
    awaitNumbers(contender);
    return new Measured.Block(
        (double) wall / ITERATIONS,
        (double) cpu / ITERATIONS,
        (double) contender.takeCallbackNanos() / ITERATIONS,
        (double) (contender.analysisCpu() - analysis) / ITERATIONS);
  }

  /**
   * The numbers of this block must not be computed in the next one's time. (A map that is still
   * being drawn may be: at most its budget, on the other core.)
   */
  private static void awaitNumbers(Contender contender) {
    while (contender.inFlight() > 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Trains with maps for a while and then measures the analysis thread for a minute. */
  private void printBudget() {
    try (Contender contender = Contender.agent(1, folder)) {
      workload.watchedBy(contender);
      train(BUDGET_WARM_UP_SECONDS);
      long cpu = contender.analysisCpu();
      long wall = train(BUDGET_SECONDS);
      System.out.printf(
          "analysis thread with maps at N=1: %.1f %% of a core over %.0f s, budget 10 %%%n",
          100.0 * (contender.analysisCpu() - cpu) / wall, wall / 1e9);
    }
  }

  private long train(int seconds) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
      workload.train(1);
    }
    return System.nanoTime() - start;
  }

  private void print() {
    Measured none = contenders.get(0).measured;
    System.out.printf(
        "%n%s, %d rounds of %d iterations, %s%n", workload.name(), ROUNDS, ITERATIONS, machine());
    System.out.printf(
        "%-26s %9s %10s %10s  %s%n", "", "cpu ms/it", "callback", "analysis", "wall / none");
    for (Contender contender : contenders) {
      Measured measured = contender.measured;
      System.out.printf(
          "%-26s %9.1f %9.2f%% %9.2f%%  %s%n",
          contender.name,
          measured.cpuMillis(),
          measured.callbackPercent(),
          measured.analysisPercent(),
          measured.wallAgainst(none));
    }
    for (Contender contender : contenders) {
      Alidade agent = contender.agent();
      if (agent != null) {
        System.out.printf("%-26s %s%n", contender.name, agent.status());
      }
    }
  }

  private static String machine() {
    return "%d cores, Java %s, OMP_NUM_THREADS=%s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version"),
            System.getenv("OMP_NUM_THREADS"));
  }
}
