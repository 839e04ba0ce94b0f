package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

class KernelsTest {
  @Test
  void best_isThePlainOneWithoutTheIncubatingModule() {
    assertThat(Kernels.best()).isSameAs(Kernels.plain());
    assertThat(new LiveLayout(4, LiveLayout.Options.defaults()).kernels()).isEqualTo("plain");
  }

  @Test
  void agreement_isSeenAndMissed() {
    assertThat(Kernels.Found.agrees(Kernels.plain())).isTrue();
    Kernels silent =
        (Kernels)
            Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (self, method, arguments) -> method.getReturnType() == float.class ? 0f : null);
    assertThat(Kernels.Found.agrees(silent)).isFalse();
  }
}
