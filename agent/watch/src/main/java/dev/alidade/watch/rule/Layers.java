package dev.alidade.watch.rule;

import dev.alidade.wire.proto.Layer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which layers a rule looks at. Empty lists do not choose; a name may hold {@code *} and {@code ?}.
 *
 * @param output whether output layers take part
 */
public record Layers(
    List<String> names, List<String> types, List<String> activations, boolean output) {
  public static final Layers ALL = new Layers(List.of(), List.of(), List.of(), true);

  public boolean choose(Layer layer) {
    return (output || !layer.getOutput())
        && matches(names, layer.getName())
        && matches(types, layer.getType())
        && matches(activations, layer.getActivation());
  }

  /** Whether a name of something else than a layer is chosen. */
  public boolean choose(String name) {
    return matches(names, name);
  }

  private static boolean matches(List<String> globs, String name) {
    return globs.isEmpty() || globs.stream().anyMatch(glob -> glob(glob, name));
  }

  /** Whether the whole name is as the glob says. */
  public static boolean glob(String glob, String name) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.matches(regex.toString(), name);
  }
}
