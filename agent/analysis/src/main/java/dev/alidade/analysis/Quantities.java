package dev.alidade.analysis;

import dev.alidade.analysis.quantity.Births;
import dev.alidade.analysis.quantity.DeadShare;
import dev.alidade.analysis.quantity.DeadUnits;
import dev.alidade.analysis.quantity.Deaths;
import dev.alidade.analysis.quantity.DormantShare;
import dev.alidade.analysis.quantity.ExcessKurtosis;
import dev.alidade.analysis.quantity.Gini;
import dev.alidade.analysis.quantity.Hoyer;
import dev.alidade.analysis.quantity.InfCount;
import dev.alidade.analysis.quantity.LayerQuantity;
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
import dev.alidade.analysis.quantity.PositiveShare;
import dev.alidade.analysis.quantity.RarelyActiveShare;
import dev.alidade.analysis.quantity.Revivals;
import dev.alidade.analysis.quantity.Rms;
import dev.alidade.analysis.quantity.SaturatedShare;
import dev.alidade.analysis.quantity.SignEntropy;
import dev.alidade.analysis.quantity.Std;
import dev.alidade.analysis.quantity.TopEnergyShare;
import dev.alidade.analysis.quantity.TopPersistence;
import dev.alidade.analysis.quantity.ZeroShare;
import java.util.List;

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
          new TopPersistence());

  private Quantities() {}

  /** The quantities of a layer, in the order of {@link LayerAnalysis#values}. */
  public static List<LayerQuantity> layer() {
    return LAYER;
  }
}
