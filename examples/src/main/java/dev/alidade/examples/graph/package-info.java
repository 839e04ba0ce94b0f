/**
 * SameDiff graphs of the examples, made only of operations whose gradients are right in 1.0.0-M2.1:
 * no gather, no dropout, no batch normalisation.
 */
@NullMarked
package dev.alidade.examples.graph;

import org.jspecify.annotations.NullMarked;
