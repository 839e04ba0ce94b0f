package dev.alidade.analysis;

import dev.alidade.analysis.quantity.Births;
import dev.alidade.analysis.quantity.CettSparsity;
import dev.alidade.analysis.quantity.DeadShare;
import dev.alidade.analysis.quantity.DeadUnits;
import dev.alidade.analysis.quantity.Deaths;
import dev.alidade.analysis.quantity.DormantShare;
import dev.alidade.analysis.quantity.EffectiveRank;
import dev.alidade.analysis.quantity.ExcessKurtosis;
import dev.alidade.analysis.quantity.Gini;
import dev.alidade.analysis.quantity.Hoyer;
import dev.alidade.analysis.quantity.InfCount;
import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.LayerSaturation;
import dev.alidade.analysis.quantity.LazyShare;
import dev.alidade.analysis.quantity.MassiveCount;
import dev.alidade.analysis.quantity.MassiveRatio;
import dev.alidade.analysis.quantity.Max;
import dev.alidade.analysis.quantity.MaxAbs;
import dev.alidade.analysis.quantity.Mean;
import dev.alidade.analysis.quantity.MedianAbs;
import dev.alidade.analysis.quantity.Min;
import dev.alidade.analysis.quantity.NanCount;
import dev.alidade.analysis.quantity.NearZeroShare;
import dev.alidade.analysis.quantity.ParticipationRatio;
import dev.alidade.analysis.quantity.PositiveShare;
import dev.alidade.analysis.quantity.RarelyActiveShare;
import dev.alidade.analysis.quantity.Revivals;
import dev.alidade.analysis.quantity.Rms;
import dev.alidade.analysis.quantity.SaturatedShare;
import dev.alidade.analysis.quantity.SignEntropy;
import dev.alidade.analysis.quantity.StableRank;
import dev.alidade.analysis.quantity.Std;
import dev.alidade.analysis.quantity.TopEnergyShare;
import dev.alidade.analysis.quantity.TopPersistence;
import dev.alidade.analysis.quantity.TopRowsShare;
import dev.alidade.analysis.quantity.ZeroShare;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The announced quantities. Their order is the index the wire and every recording use: a new one
 * goes to the end.
 */
public final class Quantities {
  private static final List<LayerQuantity> LAYER =
      List.of(
          new Mean(),
          new Std(),
          new Min(),
          new Max(),
          new Rms(),
          new MaxAbs(),
          new MedianAbs(),
          new ZeroShare(),
          new NearZeroShare(),
          new LazyShare(),
          new PositiveShare(),
          new NanCount(),
          new InfCount(),
          new DeadUnits(),
          new DeadShare(),
          new RarelyActiveShare(),
          new DormantShare(),
          new Births(),
          new Deaths(),
          new Revivals(),
          new SaturatedShare(),
          new Hoyer(),
          new Gini(),
          new ExcessKurtosis(),
          new TopEnergyShare(),
          new SignEntropy(),
          new MassiveRatio(),
          new MassiveCount(),
          new TopPersistence(),
          new TopRowsShare(),
          new EffectiveRank(),
          new ParticipationRatio(),
          new StableRank(),
          new LayerSaturation());

  /** As many as the server's metrics show. */
  private static final int MOST = 200;

  private static final List<LayerQuantity> PROBED = List.of(new CettSparsity());

  private Quantities() {}

  /** Those that only a probe gives: they come after all others. */
  public static List<LayerQuantity> probed() {
    return PROBED;
  }

  /** Our own quantities of a layer, in the order of {@link LayerAnalysis#values}. */
  public static List<LayerQuantity> layer() {
    return LAYER;
  }

  /**
   * Our own, and after them those that {@link ServiceLoader} finds from {@code from}.
   *
   * @param refused told of each that cannot be had, by the name of its class or its id
   */
  public static List<LayerQuantity> layer(ClassLoader from, BiConsumer<String, Throwable> refused) {
    List<LayerQuantity> all = new ArrayList<>(LAYER);
    Set<String> ids = new HashSet<>();
    LAYER.forEach(quantity -> ids.add(quantity.info().id()));
    Iterator<LayerQuantity> found = ServiceLoader.load(LayerQuantity.class, from).iterator();
    for (int tries = 0; tries < MOST && all.size() < MOST; tries++) {
      String name = "of a service file";
      try {
        if (!found.hasNext()) {
          break;
        }
        LayerQuantity quantity = found.next();
        name = quantity.getClass().getName();
        if (!ids.add(quantity.info().id())) {
          throw new IllegalArgumentException("id must be free: " + quantity.info().id());
        }
        all.add(quantity);
      } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
        refused.accept(name, e);
      }
    }
    return List.copyOf(all);
  }
}
