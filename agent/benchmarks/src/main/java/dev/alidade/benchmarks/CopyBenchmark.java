package dev.alidade.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The floor of what a callback can cost: a bulk copy of off-heap activations into a pooled array.
 * Everything the listener does on the training thread is to be compared with this.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CopyBenchmark {
  /** Values per layer: a dense layer's batch, a small and a large convolution's. */
  @Param({"131072", "737280", "4194304"})
  int values = 131072;

  private FloatBuffer source = FloatBuffer.allocate(0);
  private float[] target = {};

  /** Allocates both sides. */
  @Setup
  public void prepare() {
    source =
        ByteBuffer.allocateDirect(values * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    target = new float[values];
  }

  /** One copy. */
  @Benchmark
  public float[] copy() {
    source.get(0, target, 0, values);
    return target;
  }
}
