/**
 * The Deeplearning4j listener: {@link dev.alidade.listener.Alidade} is all that a training program
 * sees. Samples are taken in {@code capture}, analysed in {@code pipeline}, recorded always and
 * sent when a server answers.
 */
@NullMarked
package dev.alidade.listener;

import org.jspecify.annotations.NullMarked;
