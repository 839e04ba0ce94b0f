/**
 * Trainings to look at, and the demo.
 *
 * <p>{@link dev.alidade.examples.Demo} starts a server in its own JVM, trains a small convolutional
 * network with the listener attached, and stays up afterwards so that the page can replay what it
 * saw. {@link dev.alidade.examples.MlpExample} and {@link dev.alidade.examples.LstmExample} send to
 * a server that runs elsewhere, or only record when there is none.
 */
@NullMarked
package dev.alidade.examples;

import org.jspecify.annotations.NullMarked;
