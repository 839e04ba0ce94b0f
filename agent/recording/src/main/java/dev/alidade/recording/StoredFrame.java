package dev.alidade.recording;

import dev.alidade.wire.Frame;

/**
 * A frame and its place in the log of a recording.
 *
 * @param position rises in the order of storing, from 1; never reused
 */
public record StoredFrame(long position, Frame frame) {}
