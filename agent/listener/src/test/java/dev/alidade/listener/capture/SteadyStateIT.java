package dev.alidade.listener.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SteadyStateIT {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ROUNDS = 2000;

  private final Intake intake = new Intake(1 << 24);
  private final RowCopier copier = new RowCopier();

  /** One sample of a dense layer, a layer with channels outermost and one read row by row. */
  private void round(INDArray dense, INDArray image, INDArray tall) throws InterruptedException {
    Sample sample = intake.begin();
    sample.begin(3, 1);
    copier.copy(dense, 1, 1 << 20, sample.layer(0));
    copier.copy(image, 1, 1 << 20, sample.layer(1));
    copier.copy(tall, 1, 1 << 12, sample.layer(2));
    intake.put(sample);
    intake.release(intake.take(0), "");
  }

  @Test
  void callback_allocatesNothingOfItsOwn() throws InterruptedException {
    INDArray dense = Nd4j.ones(DataType.FLOAT, 64, 100);
    INDArray image = Nd4j.ones(DataType.FLOAT, 8, 16, 9, 9).permute(1, 0, 2, 3);
    INDArray tall = Nd4j.ones(DataType.FLOAT, 512, 32);
    for (int i = 0; i < ROUNDS; i++) {
      round(dense, image, tall);
    }
    long thread = Thread.currentThread().getId();
    long before = THREADS.getThreadAllocatedBytes(thread);
    for (int i = 0; i < ROUNDS; i++) {
      round(dense, image, tall);
    }
    long bytes = THREADS.getThreadAllocatedBytes(thread) - before;
    // One array of 41 kB per round would be 82 MB; a few bytes are ND4J's pointers.
    assertThat(bytes / ROUNDS).isLessThan(200);
  }
}
