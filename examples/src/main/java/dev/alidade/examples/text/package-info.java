/** Text to train a character model on, made up from a small grammar. */
@NullMarked
package dev.alidade.examples.text;

import org.jspecify.annotations.NullMarked;
