package dev.alidade.server.cli;

import dev.alidade.recording.KindContents;
import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.recording.StoredGap;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.Quantity;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What is in a recording, and whether all of it is sound. */
@Command(
    name = "inspect",
    description = "Says what is in a recording and checks every frame of it.")
final class InspectCommand implements Callable<Integer> {
  private static final int MOST_LINES = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE|RUN", description = "A file, or the id or name of a run.")
  private String run = "";

  @Mixin private Recordings recordings = new Recordings();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (RecordingReader reader = recordings.open(run)) {
      head(out, reader);
      Optional<StoredFrame> described = reader.last(Kind.KIND_DESCRIPTION);
      if (described.isPresent()) {
        describe(out, described.get().frame().payload(Description.parser()));
      }
      contents(out, reader.contents());
      gaps(out, reader.gaps());
      return check(out, reader);
    }
  }

  static long created(RecordingReader reader) {
    String millis = reader.meta().getOrDefault("created_millis", "");
    return millis.matches("[0-9]{1,18}") ? Long.parseLong(millis) : 0;
  }

  private static void line(PrintWriter out, String head, String text) {
    out.printf("%-12s%s%n", head, Plain.text(text));
  }

  private static void head(PrintWriter out, RecordingReader reader) throws IOException {
    line(out, "file", reader.file().toString());
    line(out, "size", Plain.bytes(Files.size(reader.file())));
    line(out, "run", reader.run().value());
    line(out, "name", reader.name());
    line(out, "started", Plain.time(created(reader)));
    boolean ended =
        reader.last(Kind.KIND_END).map(StoredFrame::position).orElse(0L) == reader.lastPosition();
    line(out, "state", ended && reader.lastPosition() > 0 ? "ended" : "not ended");
    for (Origin origin : reader.origins()) {
      line(
          out,
          "process",
          "worker " + origin.worker() + ", started " + Plain.time(origin.incarnation()));
    }
  }

  private static void describe(PrintWriter out, Description description) {
    line(out, "model", description.getModel() + " on " + description.getFramework());
    line(out, "backend", description.getBackend());
    line(out, "every", description.getEvery() + " iterations");
    if (description.getGroupsCount() > 0) {
      line(out, "groups", String.join(", ", some(description.getGroupsList().stream())));
    }
    some(description.getLayersList().stream().map(InspectCommand::text))
        .forEach(layer -> line(out, "layer", layer));
    line(
        out,
        "quantities",
        description.getQuantitiesCount()
            + ": "
            + some(description.getQuantitiesList().stream().map(Quantity::getId)).stream()
                .collect(Collectors.joining(", ")));
  }

  private static List<String> some(Stream<String> all) {
    return all.limit(MOST_LINES).toList();
  }

  private static String text(Layer layer) {
    String text = layer.getName() + ": " + layer.getType() + ", " + layer.getUnits() + " units";
    String activation = layer.getActivation().isEmpty() ? "" : ", " + layer.getActivation();
    return text + activation + (layer.getOutput() ? ", output" : "");
  }

  private static void contents(PrintWriter out, List<KindContents> kinds) {
    out.printf("%n%-14s%10s%12s  %s%n", "KIND", "FRAMES", "SIZE", "ITERATIONS");
    for (KindContents each : kinds) {
      out.printf(
          "%-14s%10d%12s  %d to %d%n",
          name(each.kind()),
          each.frames(),
          Plain.bytes(each.bytes()),
          each.firstIteration(),
          each.lastIteration());
    }
    out.println();
  }

  static String name(int kind) {
    Kind known = Kind.forNumber(kind);
    return known == null
        ? "kind " + kind
        : known.name().replaceFirst("KIND_", "").toLowerCase(java.util.Locale.ROOT);
  }

  private static void gaps(PrintWriter out, List<StoredGap> gaps) {
    gaps.stream()
        .limit(MOST_LINES)
        .forEach(
            gap ->
                line(
                    out,
                    "gap",
                    "%d of %s, seq %d to %d: %s"
                        .formatted(
                            gap.frames(),
                            name(gap.kind()),
                            gap.fromSeq(),
                            gap.toSeq(),
                            gap.reason())));
    if (gaps.size() > MOST_LINES) {
      line(out, "gap", "… and " + (gaps.size() - MOST_LINES) + " more");
    }
  }

  private static int check(PrintWriter out, RecordingReader reader) throws RecordingException {
    List<String> problems = reader.verify();
    problems.forEach(problem -> line(out, "problem", problem));
    line(
        out,
        "check",
        problems.isEmpty()
            ? "every frame has its checksum; the file is sound"
            : problems.size() + " problems");
    return problems.isEmpty() ? 0 : 1;
  }
}
