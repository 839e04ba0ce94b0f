package dev.alidade.listener.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

class BackendTest {
  private static final String CUDA = "org.nd4j.linalg.jcublas.ops.executioner.CudaExecutioner";

  private final Intake intake = new Intake(1 << 20);
  private final Failures failures = new Failures();
  private final List<String> notes = new ArrayList<>();

  private void train(String executioner) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build());
    net.init();
    net.addListeners(
        new CaptureListener(
            new Watch.Surroundings(
                intake,
                new Throttle(),
                new Effort(),
                failures,
                notes::add,
                Clock.SYSTEM,
                1,
                1 << 16,
                null),
            () -> executioner));
    DataSet batch = new DataSet(Nd4j.ones(DataType.FLOAT, 2, 2), Nd4j.ones(DataType.FLOAT, 2, 2));
    net.fit(batch);
    net.fit(batch);
  }

  @Test
  void backendThatIsNotTheCpu_isRefusedInOneLine_andNothingIsRead() {
    train(CUDA);
    assertThat(intake.counts().offered()).isZero();
    assertThat(failures.total()).isEqualTo(1);
    assertThat(notes)
        .containsExactly(
            "nothing is watched: backend must be ND4J's CPU backend"
                + " (org.nd4j.linalg.cpu.nativecpu.*): "
                + CUDA);
  }

  @Test
  void backendOfThisProcess_isRead() {
    train(Backend.executioner());
    assertThat(intake.counts().offered()).isEqualTo(2);
    assertThat(failures.total()).isZero();
    assertThat(notes).isEmpty();
  }
}
