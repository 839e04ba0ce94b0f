/**
 * Rules over the log of a run. A {@link dev.alidade.watch.Watch} takes the frames of a run in the
 * order of its log and answers with the alerts whose state changed. The same frames give the same
 * alerts, live, replayed, in the agent or in the server: nothing here reads a clock, starts a
 * thread or looks at anything but the frames, and only silence can be asked for between two of
 * them.
 *
 * <pre>{@code
 * var watch = new Watch(RulePack.defaults(), "server");
 * for (Frame frame : log) watch.accept(frame).forEach(notifier::offer);
 * }</pre>
 *
 * <p>A rule on a layer becomes one alert per layer, with a life: pending while its condition holds
 * but not yet for long enough, firing, resolved when the condition has been over for long enough.
 * One root cause is one alert: what follows from a firing alert, by the rule's {@code inhibits} or
 * because the same rule fires elsewhere within {@code together}, carries its id as {@code cause}.
 */
@NullMarked
package dev.alidade.watch;

import org.jspecify.annotations.NullMarked;
