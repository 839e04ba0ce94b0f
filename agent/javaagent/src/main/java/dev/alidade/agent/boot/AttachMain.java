package dev.alidade.agent.boot;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Path;

/**
 * {@code java -jar alidade-agent.jar PID [name=value,…]}, {@code … PID detach}, {@code … --list}:
 * into a running training and out of it.
 */
public final class AttachMain {
  private static final String USAGE =
      "usage: java -jar alidade-agent.jar PID [name=value,...] | PID detach | --list";

  private AttachMain() {}

  public static void main(String[] arguments) throws URISyntaxException {
    Path own =
        Path.of(AttachMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    System.exit(run(arguments, own, System.out, System.err));
  }

  static int run(String[] arguments, Path agent, PrintStream out, PrintStream err) {
    if (arguments.length == 1 && arguments[0].equals("--list")) {
      for (VirtualMachineDescriptor each : VirtualMachine.list()) {
        if (!each.id().equals(String.valueOf(ProcessHandle.current().pid()))) {
          out.println(each.id() + "  " + each.displayName());
        }
      }
      return 0;
    }
    if (arguments.length < 1 || arguments.length > 2 || !arguments[0].matches("[0-9]{1,10}")) {
      err.println(USAGE);
      return 2;
    }
    String problem = attach(arguments[0], agent, arguments.length == 2 ? arguments[1] : "");
    if (!problem.isEmpty()) {
      err.println("alidade: " + problem);
      return 1;
    }
    out.println(
        arguments.length == 2 && arguments[1].equals("detach")
            ? "asked " + arguments[0] + " to detach"
            : "attached to " + arguments[0] + "; what it says stands in that process's own output");
    return 0;
  }

  private static String attach(String pid, Path agent, String options) {
    if (ProcessHandle.of(Long.parseLong(pid)).isEmpty()) {
      return "no process has the PID " + pid;
    }
    try {
      VirtualMachine machine = VirtualMachine.attach(pid);
      try {
        if (machine
                .getSystemProperties()
                .getProperty("java.specification.version", "0")
                .compareTo("17")
            < 0) {
          return "process " + pid + " runs a Java older than 17";
        }
        machine.loadAgent(agent.toString(), options);
      } finally {
        machine.detach();
      }
      return "";
    } catch (AttachNotSupportedException e) {
      return "process " + pid + " is no JVM that can be attached to: " + e.getMessage();
    } catch (IOException e) {
      return "process " + pid + " cannot be attached to (another user's?): " + e.getMessage();
    } catch (AgentLoadException | AgentInitializationException e) {
      return "process " + pid + " refused the agent: " + e.getMessage();
    }
  }
}
