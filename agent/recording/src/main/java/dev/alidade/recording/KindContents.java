package dev.alidade.recording;

/**
 * What a recording holds of one kind.
 *
 * @param kind number of the kind
 * @param bytes size of its frames
 */
public record KindContents(
    int kind, long frames, long bytes, long firstIteration, long lastIteration) {}
