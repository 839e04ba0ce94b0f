package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import dev.alidade.server.picture.MapQuery;
import dev.alidade.server.picture.MapSheet;
import dev.alidade.server.picture.MapSource;
import dev.alidade.server.picture.NotThereException;
import dev.alidade.server.picture.Theme;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The map of a layer as a picture. */
@Command(
    name = "map",
    description = {
      "Draws the map of a layer as the page does: its activity, the profile of a group, one",
      "group's profile less another's, or all groups of a grouping as small multiples."
    })
final class MapCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE|RUN", description = "A file, or the id or name of a run.")
  private String run = "";

  @Option(names = "--layer", required = true, paramLabel = "NAME", description = "Of the layer.")
  private String layer = "";

  @Option(
      names = "--at",
      paramLabel = "I",
      description = "The iteration: the last map at or before it (default: the last).")
  private @Nullable Long at;

  @Option(
      names = "--group",
      paramLabel = "G",
      description = "Its profile, instead of the activity: a name, or grouping/name.")
  private @Nullable String group;

  @Option(names = "--minus", paramLabel = "G", description = "A group to subtract from it.")
  private @Nullable String minus;

  @Option(
      names = "--groups",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "GROUPING",
      description =
          "One small map per group, like ones side by side (default: the first grouping).")
  private @Nullable String groups;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Pixels from left to right (default: ${DEFAULT-VALUE}).")
  private int size = MapQuery.USUAL_SIZE;

  @Option(
      names = "--theme",
      paramLabel = "light|dark",
      description = "(default: ${DEFAULT-VALUE}).")
  private String theme = "light";

  @Option(
      names = "--aligned",
      description = "Turn the map so that groups lie as in the layer before.")
  private boolean aligned;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "A file whose name ends with .png or .svg.")
  private Path output = Path.of("");

  @Mixin private Recordings recordings = new Recordings();

  @Override
  public Integer call() throws IOException {
    String name = String.valueOf(output.getFileName()).toLowerCase(Locale.ROOT);
    boolean isSvg = name.endsWith(".svg");
    if (!isSvg && !name.endsWith(".png")) {
      throw new Failure("output must end with .png or .svg: " + Plain.text(output.toString()));
    }
    if (at != null && at < 0) {
      throw new Failure("--at must be at least 0: " + at);
    }
    try (RecordingReader reader = recordings.open(run)) {
      MapSheet sheet = MapSource.of(reader).sheet(query());
      write(isSvg ? sheet.svg() : sheet.png());
      spec.commandLine().getOut().println(output);
      return 0;
    } catch (NotThereException | IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }

  private MapQuery query() {
    return new MapQuery(
        layer, at == null ? -1 : at, group, minus, groups, size, Theme.of(theme), aligned);
  }

  /** Under another name first: a disk that fills up leaves no half picture. */
  private void write(byte[] picture) throws IOException {
    Path target = output.toAbsolutePath();
    Path folder = target.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new Failure("the folder of the output must exist: " + Plain.text(output.toString()));
    }
    if (Files.isDirectory(target)) {
      throw new Failure("the output must be a file: " + Plain.text(output.toString()));
    }
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      Files.write(part, picture);
      try {
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
