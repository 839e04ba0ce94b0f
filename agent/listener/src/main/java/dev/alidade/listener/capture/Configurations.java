package dev.alidade.listener.capture;

import java.util.Locale;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.CnnLossLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LearnedSelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.RecurrentAttentionLayer;
import org.deeplearning4j.nn.conf.layers.RnnLossLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SelfAttentionLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.wrapper.BaseWrapperLayer;
import org.jspecify.annotations.Nullable;

/** What Deeplearning4j's layer configurations tell of their activations' axes. */
final class Configurations {
  private Configurations() {}

  /** The plan of a vertex that has no configuration of its own: it follows its input. */
  static LayerPlan vertex(String name, String type, LayerPlan before) {
    return new LayerPlan(name, type, "", false, before.meaning(), before.channelsLast());
  }

  /** What the network's input is taken for: a sequence, if it has three axes, units first. */
  static LayerPlan input(String name) {
    return new LayerPlan(name, "Input", "", false, Meaning.OBSERVED, false);
  }

  static LayerPlan layer(String name, Layer configuration, boolean output, LayerPlan before) {
    Layer inner = unwrap(configuration);
    return new LayerPlan(
        name,
        inner.getClass().getSimpleName(),
        activation(inner),
        output,
        meaning(inner, before),
        channelsLast(inner, before));
  }

  static Layer unwrap(Layer configuration) {
    if (configuration instanceof BaseWrapperLayer wrapper) {
      return unwrap(wrapper.getUnderlying());
    }
    if (configuration instanceof FrozenLayer frozen) {
      return unwrap(frozen.getLayer());
    }
    if (configuration instanceof Bidirectional both) {
      return unwrap(both.getFwd());
    }
    return configuration;
  }

  /**
   * Lower-case name of the activation function; batch normalisation ignores the one it is given.
   */
  private static String activation(Layer layer) {
    if (layer instanceof BatchNormalization || layer instanceof SubsamplingLayer) {
      return "";
    }
    if (layer instanceof ActivationLayer own) {
      return lower(own.getActivationFn());
    }
    if (layer instanceof BaseLayer base) {
      return lower(base.getActivationFn());
    }
    return "";
  }

  private static String lower(@Nullable Object function) {
    if (function == null) {
      return "";
    }
    String name = function.toString().toLowerCase(Locale.ROOT);
    int arguments = name.indexOf('(');
    return arguments < 0 ? name : name.substring(0, arguments);
  }

  private static Meaning meaning(Layer layer, LayerPlan before) {
    if (layer instanceof ConvolutionLayer) {
      return Meaning.POOLED;
    }
    boolean sequence =
        layer instanceof BaseRecurrentLayer
            || layer instanceof RnnOutputLayer
            || layer instanceof RnnLossLayer
            || layer instanceof EmbeddingSequenceLayer
            || layer instanceof SelfAttentionLayer
            || layer instanceof LearnedSelfAttentionLayer
            || layer instanceof RecurrentAttentionLayer;
    return sequence ? Meaning.OBSERVED : before.meaning();
  }

  private static boolean channelsLast(Layer layer, LayerPlan before) {
    if (layer instanceof Convolution1DLayer one) {
      return one.getRnnDataFormat() == RNNFormat.NWC;
    }
    if (layer instanceof ConvolutionLayer two) {
      return two.getCnn2dDataFormat() == CNN2DFormat.NHWC;
    }
    if (layer instanceof SubsamplingLayer pooling) {
      return pooling.getCnn2dDataFormat() == CNN2DFormat.NHWC;
    }
    if (layer instanceof BatchNormalization norm) {
      return norm.getCnn2DFormat() == CNN2DFormat.NHWC;
    }
    if (layer instanceof CnnLossLayer loss) {
      return loss.getFormat() == CNN2DFormat.NHWC;
    }
    if (layer instanceof BaseRecurrentLayer recurrent) {
      return recurrent.getRnnDataFormat() == RNNFormat.NWC;
    }
    if (layer instanceof RnnOutputLayer out) {
      return out.getRnnDataFormat() == RNNFormat.NWC;
    }
    if (layer instanceof RnnLossLayer loss) {
      return loss.getRnnDataFormat() == RNNFormat.NWC;
    }
    if (layer instanceof EmbeddingSequenceLayer embedding) {
      return embedding.getOutputFormat() == RNNFormat.NWC;
    }
    return before.channelsLast();
  }
}
