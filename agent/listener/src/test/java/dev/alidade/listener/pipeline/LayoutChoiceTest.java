package dev.alidade.listener.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class LayoutChoiceTest {
  @Test
  void oneName_isForAllLayers() {
    assertThat(LayoutChoice.of("umap").method("conv1")).isEqualTo("umap");
    assertThat(LayoutChoice.of("live").method("conv1")).isEqualTo("live");
  }

  @Test
  void firstThatFits_counts_andTheRestIsLive() {
    LayoutChoice choice = LayoutChoice.of("dense2 = umap, conv*=pca+pso,conv1=tsne");
    assertThat(choice.method("dense2")).isEqualTo("umap");
    assertThat(choice.method("conv1")).isEqualTo("pca+pso");
    assertThat(choice.method("conv")).isEqualTo("pca+pso");
    assertThat(choice.method("dense1")).isEqualTo("live");
    assertThat(choice.method("my.conv1")).isEqualTo("live");
  }

  @Test
  void lettersOfAPattern_meanThemselves() {
    assertThat(LayoutChoice.of("a.b=pca").method("axb")).isEqualTo("live");
    assertThat(LayoutChoice.of("a.b=pca").method("a.b")).isEqualTo("pca");
    assertThat(LayoutChoice.of("in=out=pca").method("in=out")).isEqualTo("pca");
  }

  @Test
  void emptyPart_namesTheRule() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayoutChoice.of("umap,"))
        .withMessage(
            "layout must be a method, or layer=method with commas between, * for any letters:"
                + " umap,");
  }
}
