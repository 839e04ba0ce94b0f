/** Runnable trainings. */
@NullMarked
package dev.alidade.examples;

import org.jspecify.annotations.NullMarked;
