/**
 * The laws of a run, fitted while its samples arrive: emergence of massive activations and the two
 * sparsity laws, per layer (Gallego-Feliciano et al. 2025; Luo et al. 2024).
 *
 * <p>A run is read from its store, live or recorded, in one way: {@code store → Reading → RunLaws →
 * page, metrics}. Reading happens on the store's pool, fitting on one thread of its own that rests
 * nine times as long as it worked, and never on the event loop.
 */
@NullMarked
package dev.alidade.server.laws;

import org.jspecify.annotations.NullMarked;
