package dev.alidade.benchmarks;

import java.util.Collection;
import org.deeplearning4j.core.storage.Persistable;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.core.storage.StorageMetaData;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.ui.model.stats.StatsListener;
import org.deeplearning4j.ui.model.stats.impl.DefaultStatsUpdateConfiguration;

/**
 * Deeplearning4j's own StatsListener in three configurations. Its reports go nowhere, which is the
 * least it can cost.
 */
final class DeepLearning4jStats {
  private static final StatsStorageRouter NOWHERE =
      new StatsStorageRouter() {
        @Override
        public void putStorageMetaData(StorageMetaData metaData) {}

        @Override
        public void putStorageMetaData(Collection<? extends StorageMetaData> metaData) {}

        @Override
        public void putStaticInfo(Persistable info) {}

        @Override
        public void putStaticInfo(Collection<? extends Persistable> info) {}

        @Override
        public void putUpdate(Persistable update) {}

        @Override
        public void putUpdate(Collection<? extends Persistable> updates) {}
      };

  private DeepLearning4jStats() {}

  /** As it comes. */
  static TrainingListener standard(int every) {
    return new StatsListener(NOWHERE, every);
  }

  /** Means, standard deviations and magnitudes, no histograms. */
  static TrainingListener withoutHistograms(int every) {
    return listener(
        new DefaultStatsUpdateConfiguration.Builder()
            .reportingFrequency(every)
            .collectHistogramsParameters(false)
            .collectHistogramsGradients(false)
            .collectHistogramsUpdates(false)
            .collectHistogramsActivations(false));
  }

  /** Of activations only: what the agent reads, less finely. */
  static TrainingListener activationsOnly(int every) {
    return listener(
        new DefaultStatsUpdateConfiguration.Builder()
            .reportingFrequency(every)
            .collectHistogramsParameters(false)
            .collectHistogramsGradients(false)
            .collectHistogramsUpdates(false)
            .collectMeanParameters(false)
            .collectMeanGradients(false)
            .collectMeanUpdates(false)
            .collectStdevParameters(false)
            .collectStdevGradients(false)
            .collectStdevUpdates(false)
            .collectMeanMagnitudesParameters(false)
            .collectMeanMagnitudesGradients(false)
            .collectMeanMagnitudesUpdates(false));
  }

  private static TrainingListener listener(DefaultStatsUpdateConfiguration.Builder update) {
    return new StatsListener(NOWHERE, null, update.build(), null, null);
  }
}
