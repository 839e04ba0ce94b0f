package dev.alidade.recording;

/**
 * Frames that the writer had to drop before they reached the file.
 *
 * @param kind number of the kind
 * @param fromSeq first seq that is missing
 * @param toSeq last seq that is missing; frames between the two may be there
 * @param frames how many were dropped
 * @param reason as in {@link Account#dropped()}
 * @param timeMillis wall clock of the last drop
 */
public record StoredGap(
    int worker,
    long incarnation,
    int kind,
    long fromSeq,
    long toSeq,
    long frames,
    String reason,
    long timeMillis) {}
