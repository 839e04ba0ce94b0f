package dev.alidade.agent.model;

import dev.alidade.listener.Alidade;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.Consumer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.listeners.Listener;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * Gives every model that trains a listener: one recording for all models of this process. The
 * recording starts with the first model, so that a process that never trains leaves nothing. Thread
 * safe.
 */
public final class Watcher implements Consumer<Object>, AutoCloseable {
  private static final String OWN_LISTENERS = "dev.alidade.listener.";

  private final Map<String, String> options;
  private final Set<Object> seen = Collections.newSetFromMap(new WeakHashMap<>());
  private @Nullable Alidade alidade;
  private boolean closed;

  /** By name, from the agent. */
  public Watcher(Map<String, String> options) {
    this.options = options;
  }

  @Override
  public void accept(Object model) {
    if (model instanceof MultiLayerNetwork net) {
      if (lacks(net.getListeners())) {
        TrainingListener ours = listener(model);
        if (ours != null) {
          net.addListeners(ours);
        }
      }
    } else if (model instanceof ComputationGraph graph) {
      if (lacks(graph.getListeners())) {
        TrainingListener ours = listener(model);
        if (ours != null) {
          graph.addListeners(ours);
        }
      }
    } else if (model instanceof SameDiff graph && lacks(graph.getListeners())) {
      Alidade running = running(model);
      if (running != null) {
        graph.addListeners(running.sameDiffListener());
      }
    }
  }

  /** Whether neither we nor the program itself, by Alidade's listener, watch already. */
  private static boolean lacks(@Nullable Collection<?> listeners) {
    if (listeners != null) {
      for (Object listener : listeners) {
        // By name: the program's own Alidade is another class of the same name.
        if (listener != null && listener.getClass().getName().startsWith(OWN_LISTENERS)) {
          return false;
        }
      }
    }
    return true;
  }

  private @Nullable TrainingListener listener(Object model) {
    Alidade running = running(model);
    return running == null ? null : running.listener();
  }

  private synchronized @Nullable Alidade running(Object model) {
    if (closed) {
      return null;
    }
    Alidade running = alidade;
    if (running == null) {
      Alidade.Builder builder = Alidade.builder();
      options.forEach(builder::set);
      running = builder.start();
      alidade = running;
    }
    seen.add(model);
    return running;
  }

  /** Takes our listeners out of every model and ends the recording. */
  @Override
  public void close() {
    List<Object> models;
    Alidade running;
    synchronized (this) {
      closed = true;
      running = alidade;
      alidade = null;
      models = new ArrayList<>(seen);
      seen.clear();
    }
    models.forEach(Watcher::strip);
    if (running != null) {
      running.close();
    }
  }

  private static void strip(Object model) {
    if (model instanceof MultiLayerNetwork net) {
      net.setListeners(others(net.getListeners()));
    } else if (model instanceof ComputationGraph graph) {
      graph.setListeners(others(graph.getListeners()));
    } else if (model instanceof SameDiff graph) {
      List<Listener> others = new ArrayList<>(graph.getListeners());
      others.removeIf(Watcher::isOurs);
      graph.setListeners(others);
    }
  }

  private static List<TrainingListener> others(Collection<TrainingListener> listeners) {
    List<TrainingListener> others = new ArrayList<>(listeners);
    others.removeIf(Watcher::isOurs);
    return others;
  }

  /** Of this very loader: the program's own Alidade stays. */
  private static boolean isOurs(Object listener) {
    return listener.getClass().getClassLoader() == Watcher.class.getClassLoader();
  }
}
