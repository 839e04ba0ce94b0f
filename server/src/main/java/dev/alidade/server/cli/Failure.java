package dev.alidade.server.cli;

/** Why a command could not do what it was asked to, in one line. */
final class Failure extends RuntimeException {
  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
