/**
 * What Prometheus sees: the quantities of live runs, collected when it asks ({@link
 * dev.alidade.server.meters.TrainMeters}), and the server's own counters ({@link
 * dev.alidade.server.meters.ServerMeters}), both in one registry.
 *
 * <p>Names: {@code alidade_train_<quantity>{run,layer}}, {@code alidade_run_<quantity>{run}},
 * {@code alidade_activation_abs{run,layer}} and {@code alidade_server_*}. Labels are bounded: at
 * most 64 layers of a run by name, the rest as {@code other}; a run goes five minutes after its
 * end.
 */
@NullMarked
package dev.alidade.server.meters;

import org.jspecify.annotations.NullMarked;
