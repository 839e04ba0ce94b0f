/** The server. */
@NullMarked
package dev.alidade.server;

import org.jspecify.annotations.NullMarked;
