/**
 * The live layout's inner loops with the incubating Vector API, for a JVM that was started with
 * {@code --add-modules jdk.incubator.vector}. Found as a service by {@link
 * dev.alidade.analysis.layout.Kernels#best()}; without the module nothing here is ever loaded.
 */
@NullMarked
package dev.alidade.vector;

import org.jspecify.annotations.NullMarked;
