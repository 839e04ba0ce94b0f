package dev.alidade.agent.inside;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Alidade's own classes beside one Deeplearning4j: everything of ours and of our dependencies from
 * the nested jar, whatever versions the application has; the framework from the application's own
 * loader, for its types are what both talk about.
 */
final class ModelLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private static final String[] FRAMEWORK = {
    "java.", "javax.", "jdk.", "sun.", "org.deeplearning4j.", "org.nd4j.", "org.bytedeco."
  };

  ModelLoader(URL nested, ClassLoader framework) {
    super("alidade-model", new URL[] {nested}, framework);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (isFramework(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      if (known == null) {
        try {
          known = findClass(name);
        } catch (ClassNotFoundException e) {
          return super.loadClass(name, resolve);
        }
      }
      if (resolve) {
        resolveClass(known);
      }
      return known;
    }
  }

  private static boolean isFramework(String name) {
    for (String prefix : FRAMEWORK) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Ours first: a native library or a list of services of the application's is not ours. */
  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  @Override
  public java.util.Enumeration<URL> getResources(String name) throws IOException {
    java.util.Enumeration<URL> own = findResources(name);
    return own.hasMoreElements() ? own : super.getResources(name);
  }
}
