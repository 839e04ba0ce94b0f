/**
 * The training thread's side: what a model's layers are, and a bulk copy of their rows into pooled
 * buffers. Everything here that runs inside a callback is bounded by bytes and counted; nothing of
 * Deeplearning4j is kept beyond the callback that lent it.
 */
@NullMarked
package dev.alidade.listener.capture;

import org.jspecify.annotations.NullMarked;
