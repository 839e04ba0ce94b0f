package dev.alidade.listener.capture;

import org.nd4j.linalg.factory.Nd4j;

/** Which backend of ND4J computes: only the CPU's arrays lie where their address says. */
final class Backend {
  private static final String CPU = "org.nd4j.linalg.cpu.nativecpu.";

  private Backend() {}

  /** The class that executes operations now. */
  static String executioner() {
    return Nd4j.getExecutioner().getClass().getName();
  }

  /** Why a backend is not read; empty when it is. */
  static String refusal(String executioner) {
    return executioner.startsWith(CPU)
        ? ""
        : "backend must be ND4J's CPU backend (" + CPU + "*): " + executioner;
  }
}
