package dev.alidade.agent.boot;

import java.util.function.Consumer;

/**
 * The way from code woven into Deeplearning4j to the agent: found by name through the system class
 * loader, since the woven class may have been loaded by any other.
 */
public final class Bridge {
  private static volatile Consumer<Object> hook = model -> {};

  private Bridge() {}

  /** A model is about to train on a batch. Called from woven code. */
  public static void fitting(Object model) {
    hook.accept(model);
  }

  static void connect(Consumer<Object> newHook) {
    hook = newHook;
  }

  static void disconnect() {
    hook = model -> {};
  }
}
