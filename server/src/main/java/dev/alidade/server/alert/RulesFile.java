package dev.alidade.server.alert;

import dev.alidade.watch.rule.RuleException;
import dev.alidade.watch.rule.RulePack;
import dev.alidade.watch.rule.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules that are in force: the default pack, or a file that is read again when it changes. */
public final class RulesFile {
  private static final Logger LOG = LoggerFactory.getLogger(RulesFile.class);

  private final @Nullable Path file;
  private @Nullable FileTime read;
  private String problem = "";

  public RulesFile(@Nullable Path file) {
    this.file = file;
  }

  /**
   * The first reading.
   *
   * @throws IllegalArgumentException naming line and column, when the file breaks a rule
   */
  public synchronized RulePack read() throws IOException {
    if (file == null) {
      return RulePack.defaults();
    }
    try {
      return load(file);
    } catch (RuleException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** Takes a changed file into force; a bad one is said once, and the rules before it stay. */
  public synchronized boolean reload(AlertDesk desk) {
    if (file == null) {
      return false;
    }
    try {
      if (Files.getLastModifiedTime(file).equals(read)) {
        return false;
      }
      desk.replace(load(file));
      problem = "";
      LOG.info("rules read again from {}", file);
      return true;
    } catch (IOException | RuleException e) {
      String reason =
          e instanceof RuleException
              ? String.valueOf(e.getMessage())
              : file + " cannot be read: " + e;
      if (!reason.equals(problem)) {
        problem = reason;
        LOG.warn("the rules before stay in force: {}", reason);
      }
      return false;
    }
  }

  private RulePack load(Path path) throws IOException, RuleException {
    FileTime time = Files.getLastModifiedTime(path);
    if (Files.size(path) > 4L * RulePack.MOST_CHARACTERS) {
      throw new IOException("at most " + RulePack.MOST_CHARACTERS + " characters");
    }
    // Before parsing: a bad file is not parsed again until it changes.
    read = time;
    return RulePack.parse(
        String.valueOf(path.getFileName()), Files.readString(path), Vocabulary.common());
  }
}
