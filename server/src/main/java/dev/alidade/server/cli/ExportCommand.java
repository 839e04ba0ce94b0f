package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Frame;
import dev.alidade.wire.proto.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Observations, labels and positions of one layer, for NumPy. */
@Command(
    name = "export",
    description = {
      "Writes a run for other programs. --npz: the observations of a layer and its map:",
      "activations [observations, units], labels [observations], pos_live [units, 2],",
      "sec_live (seconds of the layout's last tick), and the same of every other method."
    })
final class ExportCommand implements Callable<Integer> {
  private static final long PAGE_BYTES = 64L << 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE|RUN", description = "A file, or the id or name of a run.")
  private String run = "";

  @Option(names = "--layer", paramLabel = "NAME", description = "Of the layer, for --npz.")
  private String layer = "";

  @Option(
      names = "--ticks",
      description = "One file per tick of the layout (tick-00000.npz, …) instead of one moment.")
  private boolean ticks;

  @Option(
      names = "--iteration",
      paramLabel = "I",
      description = "The moment: the last observations at or before it (default: the last).")
  private long iteration = Long.MAX_VALUE;

  @Option(names = "--worker", paramLabel = "W", description = "Of several workers (default: 0).")
  private int worker;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where to write; made if it does not exist (default: here).")
  private Path output = Path.of("");

  @Option(
      names = "--methods",
      split = ",",
      paramLabel = "NAME",
      description =
          "Layouts to compute from the observations, as pos_NAME and sec_NAME: all, none or some of"
              + " their names (default: all; none with --ticks).")
  private List<String> methods = List.of();

  @Mixin private Recordings recordings = new Recordings();

  @ArgGroup(exclusive = true, multiplicity = "1")
  private Format format = new Format();

  /** One of them. */
  static final class Format {
    @Option(names = "--npz", description = "NumPy archives of one layer, in --output.")
    private boolean npz;

    @Option(
        names = "--tensorboard",
        paramLabel = "DIR",
        description = "Event files and projector embeddings, in a new folder.")
    private @Nullable Path tensorBoard;

    @Option(
        names = "--csv",
        paramLabel = "FILE",
        description = "Every quantity of every sample, one row per sample.")
    private @Nullable Path csv;

    @Option(
        names = "--html",
        paramLabel = "FILE",
        description = "A page of the whole run that opens without a server and without network.")
    private @Nullable Path html;
  }

  @Override
  public Integer call() throws IOException {
    if (!format.npz) {
      return whole();
    }
    if (layer.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--npz needs --layer");
    }
    Families families = Families.of(methods.isEmpty() ? usual() : methods);
    try (RecordingReader reader = recordings.open(run)) {
      LayerSource source = LayerSource.of(reader, layer);
      Files.createDirectories(output.toAbsolutePath());
      int files = ticks ? ticks(reader, source, families) : moment(reader, source, families);
      spec.commandLine()
          .getOut()
          .println(files + (files == 1 ? " file in " : " files in ") + output.toAbsolutePath());
      return 0;
    }
  }

  /** The formats that hold the whole run. */
  private int whole() throws IOException {
    try (RecordingReader reader = recordings.open(run)) {
      String done =
          format.tensorBoard != null
              ? new TensorBoardExport(reader).write(format.tensorBoard)
              : format.csv != null
                  ? new CsvExport(reader).write(format.csv)
                  : format.html != null ? new HtmlExport(reader).write(format.html) : "";
      spec.commandLine().getOut().println(done);
      return 0;
    }
  }

  private List<String> usual() {
    return List.of(ticks ? Families.NONE : Families.ALL);
  }

  private int moment(RecordingReader reader, LayerSource source, Families families)
      throws IOException {
    StoredFrame frame =
        reader
            .latest(Kind.KIND_OBSERVATIONS, iteration)
            .orElseThrow(
                () -> new Failure("no observations are recorded at or before " + iteration));
    Optional<LayerMoment> moment = source.nearly(frame.frame());
    if (moment.isEmpty()) {
      throw nothing();
    }
    String name = "%s-%d.npz".formatted(Plain.fileName(layer), frame.frame().iteration());
    write(moment.get(), families, output.resolve(name));
    return 1;
  }

  private int ticks(RecordingReader reader, LayerSource source, Families families)
      throws IOException {
    int files = 0;
    long lastTick = -1;
    long position = 0;
    while (true) {
      List<StoredFrame> page = reader.after(position, Kind.KIND_OBSERVATIONS, 100, PAGE_BYTES);
      if (page.isEmpty()) {
        break;
      }
      for (StoredFrame each : page) {
        position = each.position();
        Optional<LayerMoment> moment = moment(each.frame(), source);
        // A picture whose map did not move since the last one is the same tick.
        if (moment.isPresent() && moment.get().tick() != lastTick) {
          lastTick = moment.get().tick();
          write(moment.get(), families, output.resolve("tick-%05d.npz".formatted(files++)));
        }
      }
    }
    if (files == 0) {
      throw nothing();
    }
    return files;
  }

  private Optional<LayerMoment> moment(Frame observations, LayerSource source) throws IOException {
    return observations.origin().worker() == worker && observations.iteration() <= iteration
        ? source.moment(observations)
        : Optional.empty();
  }

  private Failure nothing() {
    return new Failure(
        "no sample of layer '%s' has both observations and a picture (worker %d)"
            .formatted(Plain.text(layer), worker));
  }

  private static void write(LayerMoment moment, Families families, Path file) throws IOException {
    try (Npz archive = new Npz(file)) {
      archive.add("activations", moment.activations(), moment.observations(), moment.units());
      archive.add("labels", moment.labels(), moment.observations());
      archive.add("pos_live", moment.positions(), moment.units(), 2);
      archive.add("sec_live", moment.seconds());
      families.write(moment, archive);
      archive.finish();
    }
  }
}
