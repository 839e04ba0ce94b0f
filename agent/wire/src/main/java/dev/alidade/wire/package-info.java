/**
 * The wire format: one {@linkplain dev.alidade.wire.Frame frame of bytes} per message, made once by
 * the agent, stored as it is and decoded by the browser as it is. The schema is {@code
 * alidade/v1/alidade.proto}; {@link dev.alidade.wire.Frame} checks size, run id and CRC-32C before
 * anything is believed, and {@link dev.alidade.wire.Tensors} quantises arrays.
 */
@NullMarked
package dev.alidade.wire;

import org.jspecify.annotations.NullMarked;
