package dev.alidade.server.ingest;

/** What is counted about agents. */
public interface IngestMeters {
  /** A frame arrived and is well formed. */
  void received(int bytes);

  /** A connection was refused. */
  void refused();

  /** Nanoseconds from the arrival of a frame to its acknowledgement, of the oldest in a commit. */
  void stored(long nanos);
}
