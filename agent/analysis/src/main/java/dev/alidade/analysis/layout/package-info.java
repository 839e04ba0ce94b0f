/**
 * The layer as a map: every unit gets a place so that units that act alike lie together.
 *
 * <p>{@link dev.alidade.analysis.layout.LiveLayout} is the causal, incremental one that is drawn
 * while a network trains. One tick goes through the parts of this package in this order: Gram or
 * Sketch (similarity estimate), Movement (what changed), Vitality (who takes part), Neighbours,
 * Affinities, Relocation, Forces (the solver), Pose and Publisher (what is shown), Quality (how
 * good it is).
 */
@NullMarked
package dev.alidade.analysis.layout;

import org.jspecify.annotations.NullMarked;
