/** Quantities of a user's own, as a user would write them. */
@NullMarked
package dev.alidade.listener.own;

import org.jspecify.annotations.NullMarked;
