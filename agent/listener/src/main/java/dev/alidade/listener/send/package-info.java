/**
 * The sender. The agent's own recording is the spool: it is read from where the server's knowledge
 * ends, and live from then on.
 *
 * <pre>
 * HELLO ─► WELCOME{stored} ─► frames in log order, at most the credit in flight ─► ACK{stored}
 * </pre>
 *
 * <p>What was acknowledged is noted in the recording. Without a server nothing happens but an
 * attempt every few seconds.
 */
@NullMarked
package dev.alidade.listener.send;

import org.jspecify.annotations.NullMarked;
