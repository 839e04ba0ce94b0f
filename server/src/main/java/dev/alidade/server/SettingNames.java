package dev.alidade.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The setting names that the parts of Alidade on the class path announce, one per line in {@value
 * #RESOURCE}. They share the prefix {@code alidade.}, so that a part must be able to tell a name
 * that belongs to another from one that is misspelt.
 */
final class SettingNames {
  static final String RESOURCE = "META-INF/alidade/settings";

  private SettingNames() {}

  static Set<String> announced(ClassLoader loader) {
    Set<String> names = new TreeSet<>();
    try {
      for (URL resource : Collections.list(loader.getResources(RESOURCE))) {
        try (InputStream content = resource.openStream()) {
          String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
          text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(names::add);
        }
      }
    } catch (IOException e) {
      throw new StartException(RESOURCE + " must be readable: " + e.getMessage(), e);
    }
    return names;
  }
}
