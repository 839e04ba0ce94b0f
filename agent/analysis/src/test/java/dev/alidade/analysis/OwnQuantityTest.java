package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.analysis.own.Impatient;
import dev.alidade.analysis.own.NegativeShare;
import dev.alidade.analysis.quantity.LayerQuantity;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Quantities that a service file names. */
class OwnQuantityTest {
  private final List<String> refused = new ArrayList<>();

  private List<LayerQuantity> found() throws IOException {
    URL folder = OwnQuantityTest.class.getResource("/own-quantity/");
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder}, OwnQuantityTest.class.getClassLoader())) {
      return Quantities.layer(loader, (name, e) -> refused.add(name + ": " + e.getMessage()));
    }
  }

  @Test
  void ownQuantities_comeAfterOurs() throws IOException {
    List<LayerQuantity> all = found();
    int ours = Quantities.layer().size();
    assertThat(all.subList(0, ours)).isEqualTo(Quantities.layer());
    assertThat(all.subList(ours, all.size()))
        .extracting(Object::getClass)
        .containsExactly(NegativeShare.class, Impatient.class);
  }

  @Test
  void oneThatCannotBeHad_isNamed() throws IOException {
    found();
    assertThat(refused).hasSize(2);
    assertThat(refused.get(0))
        .isEqualTo("dev.alidade.analysis.own.SecondMean: id must be free: mean");
    assertThat(refused.get(1)).contains("dev.alidade.analysis.own.Missing", "not found");
  }

  @Test
  void ownQuantity_isComputed_andOneThatThrowsIsSwitchedOffAndNamed() throws IOException {
    List<LayerQuantity> all = found();
    List<String> failures = new ArrayList<>();
    LayerAnalysis analysis =
        new LayerAnalysis(
            new LayerTraits("dense1", 2, "tanh", 0, false),
            all,
            (quantity, e) -> failures.add(quantity.info().id() + ": " + e.getMessage()));
    float[] values = new float[all.size()];
    for (int i = 0; i < 2; i++) {
      analysis.accept(Activations.of(new float[] {-1, 0, 2, -3}, Geometry.dense(2, 2)), i);
      analysis.values(values, true);
    }
    assertThat(values[all.size() - 2]).isEqualTo(0.5f);
    assertThat(values[all.size() - 1]).isNaN();
    assertThat(failures).containsExactly("impatient: not now");
  }
}
