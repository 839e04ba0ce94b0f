package dev.alidade.listener.capture;

import dev.alidade.listener.capture.ParameterValues.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies parameters, gradients and updates of one model, on the training thread: of each array at
 * most {@value #MOST_VALUES} values, in evenly spaced runs of {@value #RUN} that are the same at
 * every sample.
 *
 * <p>Deeplearning4j keeps all parameters in one array, and gradients in another one of the same
 * layout. After backpropagation that one holds the gradient; the updater works in place, so at the
 * end of the iteration it holds the update.
 */
final class ParameterCopier {
  static final int MOST_VALUES = 1 << 14;
  static final int RUN = 1 << 8;

  private final Window window = new Window();
  private final List<ParameterInfo> infos = new ArrayList<>();
  private final Element element;
  private final long length;
  private final long[] starts;
  private final long[] lengths;

  /** Where each array ends among the values copied, by how much less is read than could be. */
  private int[] ends = {};

  private int divisor;

  /**
   * @throws UnreadableException when the model's arrays do not lie as they are expected to
   */
  ParameterCopier(Model model, Subject subject) {
    INDArray all = model.params();
    element = Element.of(all.dataType());
    length = all.length();
    long origin = Probe.address(all);
    Map<String, INDArray> table = model.paramTable();
    starts = new long[table.size()];
    lengths = new long[table.size()];
    table.forEach(
        (name, array) -> {
          int i = infos.size();
          starts[i] = (Probe.address(array) - origin) / element.bytes;
          lengths[i] = array.length();
          if (starts[i] < 0 || starts[i] + lengths[i] > length || !dense(array)) {
            throw new UnreadableException(
                "parameters must lie in one array: " + name + " does not");
          }
          List<Integer> shape = new ArrayList<>();
          for (long side : array.shape()) {
            shape.add((int) side);
          }
          infos.add(new ParameterInfo(name, subject.layerOf(name), shape));
        });
  }

  private static boolean dense(INDArray array) {
    long span = 1;
    for (int axis = 0; axis < array.rank(); axis++) {
      span += (array.size(axis) - 1) * Math.abs(array.stride(axis));
    }
    return span == array.length();
  }

  List<ParameterInfo> infos() {
    return infos;
  }

  /** Between backpropagation and step: the gradients, and the parameters they were made with. */
  void beforeStep(Model model, ParameterValues out, int rowDivisor) {
    plan(rowDivisor);
    out.ends = ends;
    copy(model.params(), Part.WEIGHTS, out);
    copy(model.getGradientsViewArray(), Part.GRADIENTS, out);
  }

  /** After the step, if {@link #beforeStep} saw this sample. */
  void afterStep(Model model, ParameterValues out) {
    if (out.ends == ends) {
      copy(model.getGradientsViewArray(), Part.UPDATES, out);
    }
  }

  /** A new array at every change: samples keep the one they were read by. */
  private void plan(int rowDivisor) {
    if (divisor == rowDivisor) {
      return;
    }
    divisor = rowDivisor;
    ends = new int[starts.length];
    int end = 0;
    for (int i = 0; i < ends.length; i++) {
      end += (int) Math.min(lengths[i], MOST_VALUES / rowDivisor);
      ends[i] = end;
    }
  }

  private void copy(INDArray from, Part part, ParameterValues out) {
    if (from == null || from.length() != length || Element.of(from.dataType()) != element) {
      throw new UnreadableException("gradients must have the layout of the parameters");
    }
    long address = Probe.address(from);
    out.part(part).reserve(out.elements(), element);
    byte[] to = out.part(part).bytes;
    for (int i = 0; i < ends.length; i++) {
      int at = i == 0 ? 0 : ends[i - 1];
      int count = ends[i] - at;
      int runs = count == lengths[i] ? 1 : count / RUN;
      int run = count / runs;
      for (int r = 0; r < runs; r++) {
        long start = starts[i] + lengths[i] * r / runs;
        window.at(address + start * element.bytes, (long) run * element.bytes);
        window.get(to, (at + r * run) * element.bytes, run * element.bytes);
      }
    }
  }

  @Override
  public String toString() {
    return infos + " at " + Arrays.toString(starts);
  }
}
