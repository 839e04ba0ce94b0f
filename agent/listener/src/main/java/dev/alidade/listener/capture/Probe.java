package dev.alidade.listener.capture;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Looks at a network with the same batch again and again, beside its training: the training thread
 * copies the parameters' bytes when they are wanted, and the analysis thread forwards the batch
 * through a network of its own that has them. Of several networks, the first one.
 *
 * <p>One copy, handed over by {@link #state}: it belongs to the training thread while {@code
 * FILLING} and to the analysis thread while {@code FULL}.
 */
public final class Probe {
  private enum State {
    IDLE,
    WANTED,
    FILLING,
    FULL,
    OFF
  }

  private static final String UNKNOWN = "";

  private final AtomicReference<State> state = new AtomicReference<>(State.WANTED);
  private final long mostBytes;
  private final Window window = new Window();
  private final RowCopier copier = new RowCopier();
  private final Rows rows = new Rows();
  private final Rows labels = new Rows();
  private ProbeBatch batch;

  private List<LayerPlan> plans = List.of();
  private String configuration = UNKNOWN;
  private boolean layered;
  private byte[] bytes = {};
  private long[] shape = {};
  private DataType type = DataType.FLOAT;
  private long iteration;
  private long ticket;

  private @Nullable ProbeNetwork network;

  /**
   * @param mostBytes of the parameters, and of the activations of one pass
   */
  public Probe(ProbeBatch batch, long mostBytes) {
    this.batch = batch;
    this.mostBytes = Math.min(mostBytes, Integer.MAX_VALUE - 64L);
  }

  // ------------------------------------------------------------ training thread

  /** Copies the parameters if they are wanted; 0, or the number of the copy. */
  long offer(Model model, Subject subject, long atIteration) {
    if (!state.compareAndSet(State.WANTED, State.FILLING)) {
      return 0;
    }
    State next = State.OFF;
    try {
      next = copy(model, subject) ? State.FULL : State.WANTED;
      iteration = atIteration;
      return next == State.FULL ? ++ticket : 0;
    } finally {
      state.set(next);
    }
  }

  private boolean copy(Model model, Subject subject) {
    INDArray parameters = model.params();
    if (configuration.equals(UNKNOWN)) {
      learn(model, subject, parameters);
    } else if (!plans.equals(subject.plans)
        || parameters.length() * Element.of(type).bytes != bytes.length) {
      return false;
    }
    window.at(address(parameters), bytes.length);
    window.get(bytes, 0, bytes.length);
    return true;
  }

  @SuppressWarnings("try") // The scope is its use.
  private void learn(Model model, Subject subject, INDArray parameters) {
    type = parameters.dataType();
    long size = parameters.length() * Element.of(type).bytes;
    if (size > mostBytes) {
      throw new UnreadableException(
          "probe must have parameters of at most memory = " + mostBytes + " bytes: " + size);
    }
    if (parameters.length() != parameters.data().length()) {
      throw new UnreadableException("probe must have parameters in one piece");
    }
    shape = parameters.shape().clone();
    plans = List.copyOf(subject.plans);
    layered = model instanceof MultiLayerNetwork;
    // As text, so that the copy shares no object with the network in training.
    try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      configuration =
          model instanceof MultiLayerNetwork net
              ? net.getLayerWiseConfigurations().toJson()
              : ((ComputationGraph) model).getConfiguration().toJson();
    }
    bytes = new byte[(int) size];
  }

  static long address(INDArray array) {
    return array.data().address() + array.offset() * array.data().getElementSize();
  }

  // ------------------------------------------------------------ analysis thread

  /** Asks for a copy with the next sample, if none is asked for or waits. */
  public void want() {
    state.compareAndSet(State.IDLE, State.WANTED);
  }

  /** Whether neither a copy is asked for nor one waits. */
  public boolean idle() {
    return state.get() == State.IDLE;
  }

  /** Whether it failed, and stays as it is. */
  public boolean off() {
    return state.get() == State.OFF;
  }

  /** Whether the copy that waits came with this sample; one that came with a lost one is let go. */
  public boolean with(Sample sample) {
    if (state.get() != State.FULL) {
      return false;
    }
    if (sample.probeTicket == ticket) {
      return true;
    }
    if (sample.iteration() > iteration) {
      state.compareAndSet(State.FULL, State.IDLE);
    }
    return false;
  }

  /** The row of the batch, as it was given, that a row of what is forwarded is. */
  public int given(int row) {
    return batch.given(row);
  }

  /** The labels of the batch. */
  public Rows labels() {
    if (batch.labels != null && batch.labels.rank() >= 2 && batch.labels.rank() <= 3) {
      copier.copy(batch.labels, 1, mostBytes, labels);
    }
    return labels;
  }

  /**
   * Forwards the batch with the copy that waits, in inference mode, and shows every layer's rows,
   * which are valid during that call only.
   *
   * @param seen the network as the training showed it
   */
  public void forward(Network seen, BiConsumer<Integer, Rows> layers) {
    State next = State.OFF;
    try {
      load(seen)
          .forward(
              batch,
              (index, activation, plan) -> {
                rows.clear();
                copier.copy(activation, plan.unitAxis(activation.rank()), mostBytes, rows);
                layers.accept(index, rows);
              });
      next = State.IDLE;
    } finally {
      state.set(next);
    }
  }

  /** The network with the copy that waits. */
  private ProbeNetwork load(Network seen) {
    if (network == null) {
      batch = batch.atMost(rowsFitting(seen));
      network = new ProbeNetwork(configuration, layered, Nd4j.createUninitialized(type, shape));
    }
    INDArray parameters = Objects.requireNonNull(network).parameters();
    window.at(address(parameters), bytes.length);
    window.put(bytes, 0, bytes.length);
    return network;
  }

  /** Sparsity at a CETT of the wanted layers that feed a dense one, with the copy that waits. */
  public Map<Integer, Double> cettSparsity(Network seen, double target, IntPredicate wanted) {
    ProbeNetwork loaded = load(seen);
    return new ProbeSparsity(loaded, batch).cett(target, wanted);
  }

  /** Sparsity at a perplexity 1 % higher, with the copy that waits; NaN where there is none. */
  public double perplexitySparsity(Network seen) {
    ProbeNetwork loaded = load(seen);
    return new ProbeSparsity(loaded, batch).atPerplexityRise();
  }

  private int rowsFitting(Network seen) {
    long perRow = 0;
    for (LayerInfo layer : seen.layers()) {
      long values = 1;
      for (int side : layer.shape()) {
        values *= side;
      }
      perRow += values * Element.of(type).bytes;
    }
    long fitting = mostBytes / Math.max(1, perRow);
    if (fitting < 2) {
      throw new UnreadableException(
          "probe must have rows of which 2 fit into memory = " + mostBytes + ": " + perRow);
    }
    return (int) Math.min(batch.rows(), fitting);
  }
}
