/**
 * What the agent costs, measured.
 *
 * <p>JMH benchmarks (classes ending in {@code Benchmark}) for the parts, and the overhead harness
 * for the whole: what a training pays for being watched. Built and run only in the profile {@code
 * benchmarks}; figures with their machine stand in the Javadoc of the class that measures them.
 *
 * <pre>{@code
 * mvn -q -Pbenchmarks -pl agent/benchmarks -am package -DskipTests -Djmh="CopyBenchmark"
 * }</pre>
 *
 * <p>{@link dev.alidade.benchmarks.LayoutReport} says how true, how calm and how fast the layouts
 * are; its table stands in RATIONALE.md:
 *
 * <pre>{@code
 * mvn -q -Pbenchmarks -pl agent/benchmarks -am package -DskipTests -Dlayouts="sizes=512 data=FOLDER"
 * }</pre>
 */
@NullMarked
package dev.alidade.benchmarks;

import org.jspecify.annotations.NullMarked;
