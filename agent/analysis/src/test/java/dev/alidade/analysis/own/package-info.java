/** Quantities of a user's own, as a user would write them. */
@NullMarked
package dev.alidade.analysis.own;

import org.jspecify.annotations.NullMarked;
