/** The Deeplearning4j listener. */
@NullMarked
package dev.alidade.listener;

import org.jspecify.annotations.NullMarked;
