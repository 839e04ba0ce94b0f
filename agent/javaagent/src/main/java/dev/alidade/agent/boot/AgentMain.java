package dev.alidade.agent.boot;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Entry of the agent: {@code -javaagent:alidade-agent.jar[=run=name,every=5,…]}, or loaded into a
 * running process, where {@code detach} as an argument takes it out again. Nothing it throws
 * reaches the application; what prevents it from watching is said in one line.
 */
public final class AgentMain {
  private static final String NESTED = "alidade-inside.jar";
  private static final String INSTALLER = "dev.alidade.agent.inside.Installer";

  private static URLClassLoader loader;
  private static AutoCloseable installed;
  private static Path unpacked;

  private AgentMain() {}

  /** Before the application's main method. */
  public static void premain(String argument, Instrumentation instrumentation) {
    attach(argument, instrumentation);
  }

  /** Into a running process. */
  public static void agentmain(String argument, Instrumentation instrumentation) {
    attach(argument, instrumentation);
  }

  private static synchronized void attach(String argument, Instrumentation instrumentation) {
    try {
      if ("detach".equals(argument)) {
        detach();
      } else if (installed != null) {
        say("is attached already");
      } else if (!isOff(argument)) {
        install(argument, instrumentation);
      }
    } catch (Throwable e) { // the application goes on, whatever it is
      say("does not watch: " + reason(e));
    }
  }

  private static boolean isOff(String argument) {
    boolean byArgument = argument != null && argument.matches("(.*,)?enabled=false(,.*)?");
    String property = System.getProperty("alidade.enabled");
    String off = property == null ? System.getenv("ALIDADE_ENABLED") : property;
    return "false".equals(off) || (off == null && byArgument);
  }

  private static void install(String argument, Instrumentation instrumentation) throws Exception {
    Map<String, String> options = options(argument);
    unpacked = unpack();
    URL[] path = {unpacked.toUri().toURL()};
    loader = new URLClassLoader("alidade", path, ClassLoader.getPlatformClassLoader());
    Class<?> installer = loader.loadClass(INSTALLER);
    Object made =
        installer
            .getConstructor(Instrumentation.class, Path.class, Map.class)
            .newInstance(instrumentation, unpacked, options);
    @SuppressWarnings("unchecked")
    Consumer<Object> hook = (Consumer<Object>) made;
    installed = (AutoCloseable) made;
    Bridge.connect(hook);
    installer.getMethod("weave").invoke(made);
  }

  private static void detach() throws Exception {
    if (installed == null) {
      say("is not attached");
      return;
    }
    Bridge.disconnect();
    installed.close();
    loader.close();
    Files.deleteIfExists(unpacked);
    installed = null;
    loader = null;
    unpacked = null;
    say("is detached");
  }

  /** Reads {@code a=b,c=d}. */
  static Map<String, String> options(String argument) {
    Map<String, String> options = new HashMap<>();
    if (argument == null || argument.isBlank()) {
      return options;
    }
    for (String part : argument.split(",")) {
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("an option must be name=value: " + part);
      }
      options.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
    }
    return options;
  }

  /** The nested jar as a file, for class loaders and native libraries read files. */
  private static Path unpack() throws IOException, URISyntaxException {
    Path file = Files.createTempFile("alidade-", ".jar");
    File mark = file.toFile();
    mark.deleteOnExit();
    try (InputStream in = AgentMain.class.getClassLoader().getResourceAsStream(NESTED)) {
      if (in == null) {
        throw new IOException("the agent's jar lacks " + NESTED);
      }
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
    return file;
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return cause instanceof IllegalArgumentException || cause instanceof IllegalStateException
        ? message
        : cause.getClass().getSimpleName() + " " + message;
  }

  private static void say(String text) {
    System.err.println("[alidade] " + text);
  }
}
