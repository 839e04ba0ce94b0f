package dev.alidade.agent.inside;

import static net.bytebuddy.matcher.ElementMatchers.isMethod;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.none;

import java.lang.instrument.Instrumentation;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Weaves one call into the places where Deeplearning4j begins to train on a batch, and gives every
 * model that comes by there a listener. Because it looks at every batch, a program that sets its
 * own listeners meanwhile does not lose ours. Thread safe.
 */
public final class Installer implements Consumer<Object>, AutoCloseable {
  private static final String WATCHER = "dev.alidade.agent.model.Watcher";
  private static final Set<String> MODELS =
      Set.of(
          "org.deeplearning4j.nn.multilayer.MultiLayerNetwork",
          "org.deeplearning4j.nn.graph.ComputationGraph",
          "org.nd4j.autodiff.samediff.SameDiff");

  /** All ways into training end in one of these. */
  private static final ElementMatcher<MethodDescription> ENTRANCES =
      isMethod().and(namedOneOf("fit", "fitHelper", "computeGradientAndScore"));

  /** Advice: its code stands in the framework's methods, so it may name JDK types only. */
  static final class Entrance {
    private Entrance() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object model) throws ReflectiveOperationException {
      ClassLoader.getSystemClassLoader()
          .loadClass("dev.alidade.agent.boot.Bridge")
          .getMethod("fitting", Object.class)
          .invoke(null, model);
    }
  }

  private final Instrumentation instrumentation;
  private final URL nested;
  private final Map<String, String> options;
  private final Map<ClassLoader, Consumer<Object>> watchers =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final Set<String> said = ConcurrentHashMap.newKeySet();
  private @Nullable ResettableClassFileTransformer transformer;

  public Installer(Instrumentation instrumentation, Path nested, Map<String, String> options)
      throws MalformedURLException {
    this.instrumentation = instrumentation;
    this.nested = nested.toUri().toURL();
    this.options = Map.copyOf(options);
  }

  /** Changes the framework's classes, those that are loaded and those to come. */
  public void weave() {
    transformer =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .with(AgentBuilder.RedefinitionStrategy.RETRANSFORMATION)
            .with(AgentBuilder.TypeStrategy.Default.REDEFINE)
            .ignore(none())
            .type(type -> MODELS.contains(type.getName()))
            .transform(
                (builder, type, loader, module, domain) ->
                    builder.visit(Advice.to(Entrance.class).on(ENTRANCES)))
            .installOn(instrumentation);
  }

  /** A model is about to train. */
  @Override
  public void accept(Object model) {
    ClassLoader framework = model.getClass().getClassLoader();
    Class<?> type = model.getClass();
    while (type != null && !MODELS.contains(type.getName())) {
      type = type.getSuperclass(); // a model of the user's own extends one of the framework's
    }
    if (type != null) {
      framework = type.getClassLoader();
    }
    Consumer<Object> watcher = watchers.get(framework);
    if (watcher == null) {
      watcher = watcher(framework);
    }
    try {
      watcher.accept(model);
    } catch (Throwable e) { // the woven code would swallow it, and nobody would know
      say("does not watch: " + reason(e));
      watchers.put(framework, ignored -> {});
    }
  }

  private synchronized Consumer<Object> watcher(ClassLoader framework) {
    Consumer<Object> known = watchers.get(framework);
    if (known != null) {
      return known;
    }
    Consumer<Object> made;
    try {
      @SuppressWarnings("unchecked")
      Consumer<Object> watcher =
          (Consumer<Object>)
              new ModelLoader(nested, framework)
                  .loadClass(WATCHER)
                  .getConstructor(Map.class)
                  .newInstance(options);
      made = watcher;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      say("does not watch: " + reason(e));
      made = model -> {};
    }
    watchers.put(framework, made);
    return made;
  }

  /** Takes everything out again: woven code, listeners, threads, open files. */
  @Override
  public void close() {
    ResettableClassFileTransformer woven = transformer;
    if (woven != null) {
      woven.reset(instrumentation, AgentBuilder.RedefinitionStrategy.RETRANSFORMATION);
    }
    List<Consumer<Object>> all;
    synchronized (watchers) {
      all = new ArrayList<>(watchers.values());
      watchers.clear();
    }
    for (Consumer<Object> watcher : all) {
      if (watcher instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          say("could not end a recording: " + reason(e));
        }
      }
    }
  }

  private void say(String text) {
    if (said.add(text)) {
      System.err.println("[alidade] " + text);
    }
  }

  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof IllegalArgumentException
        ? String.valueOf(cause.getMessage())
        : cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
