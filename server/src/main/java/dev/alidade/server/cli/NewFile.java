package dev.alidade.server.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that has its name when it is whole and on the disk; half of one is deleted. */
final class NewFile {
  private NewFile() {}

  /** Writes the content. */
  interface Content {
    void to(OutputStream out) throws IOException;
  }

  static void write(Path file, Content content) throws IOException {
    if (Files.exists(file)) {
      throw new Failure("output must not exist yet: " + file);
    }
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try {
      try (FileChannel channel =
              FileChannel.open(
                  partial,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        content.to(out);
        channel.force(true);
      }
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
