package dev.alidade.listener.pipeline;

import dev.alidade.analysis.layout.family.LayoutFamily;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which layout each layer gets beside the live one: one method for all, or layers and methods such
 * as {@code dense2=umap,conv*=pca+pso}; the first that fits counts.
 */
public final class LayoutChoice {
  private final Map<Pattern, String> methods;

  private LayoutChoice(Map<Pattern, String> methods) {
    this.methods = methods;
  }

  /**
   * Reads the setting.
   *
   * @throws IllegalArgumentException naming the rule, or the methods that exist
   */
  public static LayoutChoice of(String text) {
    Map<Pattern, String> methods = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      int equals = part.lastIndexOf('=');
      String layers = equals < 0 ? "*" : part.substring(0, equals).trim();
      String method = part.substring(equals + 1).trim();
      if (layers.isEmpty() || method.isEmpty()) {
        throw new IllegalArgumentException(
            "layout must be a method, or layer=method with commas between, * for any letters: "
                + text);
      }
      if (!method.equals(LayoutFamily.LIVE)) {
        LayoutFamily.of(method);
      }
      String glob = Pattern.quote(layers).replace("*", "\\E.*\\Q");
      methods.put(Pattern.compile(glob), method);
    }
    return new LayoutChoice(methods);
  }

  /** The method for a layer of this name. */
  public String method(String layer) {
    for (Map.Entry<Pattern, String> each : methods.entrySet()) {
      if (each.getKey().matcher(layer).matches()) {
        return each.getValue();
      }
    }
    return LayoutFamily.LIVE;
  }
}
