package dev.alidade.server;

import java.time.Duration;

/**
 * How long things may take; settings of nobody, other values are for tests.
 *
 * @param hello after a socket opens, until the agent has said who it is
 * @param kick without taking anything, until a viewer is closed
 * @param ping between pings
 * @param silence without a byte, until a connection is closed
 * @param live after the last frame, while a run still counts as live
 * @param idle without agents and viewers, until a run's file is closed
 */
record Limits(
    Duration hello, Duration kick, Duration ping, Duration silence, Duration live, Duration idle) {
  static final Limits DEFAULTS =
      new Limits(
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(20),
          Duration.ofSeconds(60),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30));
}
