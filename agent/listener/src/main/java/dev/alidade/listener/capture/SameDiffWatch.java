package dev.alidade.listener.capture;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Loss;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.evaluation.IEvaluation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;

/**
 * One SameDiff graph in training: copies its watched variables as they are computed. Touched only
 * by the thread that trains it.
 *
 * <p>What training would not compute is asked for as an evaluation without evaluators, from the
 * start of an iteration to its end: SameDiff then computes it, and nothing else changes. SameDiff
 * steps a parameter as soon as its gradient is there, so what was asked for could be computed with
 * a parameter that is stepped already; it is left out then.
 */
final class SameDiffWatch {
  /** A graph has many variables and its iterations are short. */
  private static final int MOST_VARIABLE_BYTES = 256 << 10;

  /** Attention is quadratic in the length, and softmax makes its rows much alike. */
  private static final int MOST_ATTENTION_BYTES = 128 << 10;

  private final WeakReference<SameDiff> graph;
  private final Watch.Surroundings around;
  private final List<VariablePattern> patterns;
  private final RowCopier copier = new RowCopier();
  private final Ledger ledger;
  private final Set<String> asked = new HashSet<>();
  private final Set<String> stepped = new HashSet<>();
  private @Nullable GraphPlan plan;
  private LayerPlan[] layers = {};
  private long[][] shapes = {};
  private boolean[] off = {};
  private @Nullable Network network;
  private @Nullable Sample pending;
  private @Nullable TrainingConfig config;
  private Throttle.Level level = Throttle.Level.FULL;
  private boolean lossIsLate;
  private boolean first = true;
  private int samples;
  private boolean broken;

  SameDiffWatch(SameDiff graph, Watch.Surroundings around, List<VariablePattern> patterns) {
    this.graph = new WeakReference<>(graph);
    this.around = around;
    this.patterns = patterns;
    this.ledger = new Ledger(around.effort(), around.clock());
  }

  boolean of(SameDiff candidate) {
    return graph.refersTo(candidate);
  }

  boolean collected() {
    return graph.refersTo(null);
  }

  /** Whether the variables of this iteration are of interest. */
  boolean sampling() {
    return pending != null;
  }

  /** Begins an iteration: decides whether it is sampled, and asks for what it lacks. */
  void start(SameDiff trained, At at) {
    giveUp(Intake.INCOMPLETE);
    if (broken) {
      return;
    }
    config = trained.getTrainingConfig();
    GraphPlan known = plan;
    if (known == null || known.outdated(trained)) {
      known = replan(trained);
    }
    known.losses.forEach(this::ask);
    level = around.throttle().level();
    long iteration = at.iteration();
    if (first || iteration % ((long) around.every() * level.iterationFactor()) == 0) {
      first = false;
      // The clock is read in sampled iterations only: it takes longer than the rest of the others.
      long start = around.clock().cpuNanos();
      begin(known, iteration);
      ledger.callback(start);
    }
  }

  private void begin(GraphPlan known, long iteration) {
    stepped.clear();
    lossIsLate = false;
    Sample sample = around.intake().begin();
    if (sample != null) {
      pending = sample;
      sample.begin(known.variables.size(), iteration);
      known.extras.forEach(this::ask);
    }
  }

  private GraphPlan replan(SameDiff trained) {
    SameDiff gradients = trained.getFunction("grad");
    GraphPlan made =
        new GraphPlan(trained, gradients == null ? trained : gradients, patterns, around.notes());
    plan = made;
    layers = new LayerPlan[made.variables.size()];
    shapes = new long[made.variables.size()][];
    off = new boolean[made.variables.size()];
    network = null;
    return made;
  }

  // SameDiff's own declaration is raw.
  @SuppressWarnings("rawtypes")
  private void ask(String name) {
    TrainingConfig current = config;
    if (current == null) {
      return;
    }
    Map<String, List<IEvaluation>> evaluations = current.getTrainEvaluations();
    if (evaluations != null && !evaluations.containsKey(name)) {
      evaluations.put(name, List.of());
      current.getTrainEvaluationLabels().put(name, 0);
      asked.add(name);
    }
  }

  private void unask() {
    TrainingConfig current = config;
    if (current != null && !asked.isEmpty()) {
      current.getTrainEvaluations().keySet().removeAll(asked);
      current.getTrainEvaluationLabels().keySet().removeAll(asked);
      asked.clear();
    }
  }

  /** Copies a variable that was just computed, if it is watched and this iteration sampled. */
  void available(SameDiffOp op, String name, INDArray activation) {
    GraphPlan known = plan;
    if (known == null) {
      return;
    }
    if (!stepped.isEmpty() && known.askedOps.contains(op.getName()) && late(op)) {
      stepped.addAll(op.getOutputsOfOp());
      lossIsLate |= known.losses.contains(name);
      return;
    }
    Sample sample = pending;
    Integer index = sample == null ? null : known.index.get(name);
    if (sample == null || index == null || skipped(index)) {
      return;
    }
    long start = around.clock().cpuNanos();
    read(activation, index, known.variables.get(index), sample);
    ledger.callback(start);
  }

  /** Whether an operation reads a parameter that is stepped already, or what came of one. */
  private boolean late(SameDiffOp op) {
    List<String> inputs = op.getInputsToOp();
    return inputs != null && inputs.stream().anyMatch(stepped::contains);
  }

  /** A parameter is about to be stepped. */
  void stepping(String parameter) {
    if (pending != null) {
      stepped.add(parameter);
    }
  }

  private boolean skipped(int index) {
    return off[index] || (network != null && (index + samples) % level.layerDivisor() != 0);
  }

  private void read(INDArray activation, int index, VariablePlan variable, Sample sample) {
    Rows rows = sample.layer(index);
    try {
      LayerPlan layer = layers[index];
      if (layer == null) {
        layer = variable.layer(activation.rank());
        layers[index] = layer;
      }
      long most =
          Math.min(
              variable.attention(activation.rank()) ? MOST_ATTENTION_BYTES : MOST_VARIABLE_BYTES,
              Math.min(around.layerBytes(), around.intake().mostSampleBytes() / off.length));
      int unitAxis = layer.unitAxis(activation.rank());
      copier.copy(activation, unitAxis, Math.max(1024, most / level.rowDivisor()), rows);
      if (network == null) {
        shapes[index] = activation.shape().clone();
      } else if (rows.units() != network.layers().get(index).units()) {
        throw new UnreadableException(
            "units must stay " + network.layers().get(index).units() + ": " + rows.units());
      }
    } catch (RuntimeException e) {
      rows.clear();
      off[index] = true;
      around.failures().add("variable " + variable.name(), e, "it is not watched");
      around.notes().accept("variable " + variable.name() + " is not watched: " + e.getMessage());
    }
  }

  /** Completes the sample of exactly this iteration and hands it over. */
  void done(At at, MultiDataSet batch, Loss loss) {
    long now = around.clock().cpuNanos();
    GraphPlan known = plan;
    unask();
    if (broken || known == null) {
      return;
    }
    Sample sample = pending;
    if (sample == null || sample.iteration() != at.iteration()) {
      giveUp(Intake.INCOMPLETE);
      ledger.iteration(now, samples);
      return;
    }
    if (network == null) {
      network = describe(known, sample);
    }
    labels(known, batch, sample);
    sample.network = network;
    sample.epoch = at.epoch();
    sample.score = known.scored && !lossIsLate ? sum(known, loss) : Double.NaN;
    sample.learningRate = learningRate(at);
    sample.timeMillis = around.clock().epochMillis();
    samples++;
    // First, so that this sample can already say what its iteration cost.
    ledger.iteration(now, samples);
    pending = null;
    long rest = around.clock().cpuNanos();
    around.intake().put(sample);
    ledger.callback(rest);
  }

  /**
   * The labels, one-hot with the classes last, or as whole numbers of classes where the graph has
   * one output that says how many there are.
   */
  private void labels(GraphPlan known, MultiDataSet batch, Sample sample) {
    INDArray[] all = batch.getLabels();
    if (all == null || all.length == 0 || all[0].rank() < 2 || all[0].rank() > 3) {
      return;
    }
    INDArray labels = all[0];
    boolean whole = labels.dataType().isIntType();
    int classes = known.output < 0 ? 0 : sample.layer(known.output).units();
    if (whole && (classes < 2 || labels.rank() != 2)) {
      return;
    }
    copier.copy(labels, labels.rank() - 1, around.layerBytes(), sample.labels());
    sample.labels().positionsInnermost = true;
    if (whole) {
      sample.labels().asClasses(classes);
    }
  }

  /** The losses alone: regularisation comes after them. */
  private static double sum(GraphPlan plan, Loss loss) {
    double sum = 0;
    for (int i = 0; i < Math.min(plan.lossCount(), loss.numLosses()); i++) {
      sum += loss.getLosses()[i];
    }
    return sum;
  }

  private double learningRate(At at) {
    TrainingConfig current = config;
    return current != null && current.getUpdater() != null && current.getUpdater().hasLearningRate()
        ? current.getUpdater().getLearningRate(at.iteration(), at.epoch())
        : Double.NaN;
  }

  private Network describe(GraphPlan known, Sample sample) {
    List<LayerInfo> described = new ArrayList<>();
    for (int i = 0; i < known.variables.size(); i++) {
      VariablePlan variable = known.variables.get(i);
      Rows rows = sample.layer(i);
      long[] shape = shapes[i] == null ? new long[] {0, 0} : shapes[i];
      LayerPlan layer = layers[i] == null ? variable.layer(2) : layers[i];
      described.add(
          new LayerInfo(layer, variable.inputs(), false, rows.present() ? rows.units() : 0, shape));
    }
    return new Network(Network.SAME_DIFF, described);
  }

  /** Switches this graph's sampling off for good. */
  void disable() {
    broken = true;
    giveUp(Intake.FAILED);
  }

  private void giveUp(String reason) {
    unask();
    if (pending != null) {
      around.intake().abandon(pending, reason);
      pending = null;
    }
  }
}
