package dev.alidade.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteLimits;

/** Opens the file. Nothing else may: closing any other descriptor would drop SQLite's locks. */
final class Connections {
  /** Above the largest frame, so that a value of a gigabyte is an error before it is memory. */
  private static final int MOST_VALUE_BYTES = 16 << 20;

  private static final int PAGE_BYTES = 16 << 10;

  /** After so much the write-ahead log is moved into the file, or earlier in a small one. */
  private static final long MOST_WAL_BYTES = 32 << 20;

  private static final Set<String> NETWORK =
      Set.of("nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "lustre", "afs", "fuse.sshfs");

  private Connections() {}

  static Connection create(Path file, WriterOptions options) throws SQLException {
    return writing(file, options, "rwc");
  }

  /** Does not create: a file that was deleted under the writer must not come back empty. */
  static Connection reopen(Path file, WriterOptions options) throws SQLException {
    return writing(file, options, "rw");
  }

  /** For a file that has another name until it is whole: no journal, no waiting for the disk. */
  static Connection copying(Path file) throws SQLException {
    Connection connection = connect(uri(file) + "?mode=rwc");
    try (Statement statement = connection.createStatement()) {
      guard(statement);
      statement.execute("PRAGMA page_size=" + PAGE_BYTES);
      statement.execute("PRAGMA auto_vacuum=INCREMENTAL");
      statement.execute("PRAGMA journal_mode=OFF");
      statement.execute("PRAGMA synchronous=OFF");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection writing(Path file, WriterOptions options, String mode)
      throws SQLException {
    Connection connection = connect(uri(file) + "?mode=" + mode);
    try (Statement statement = connection.createStatement()) {
      guard(statement);
      // Both before the first table; for a file that exists they change nothing.
      statement.execute("PRAGMA page_size=" + PAGE_BYTES);
      statement.execute("PRAGMA auto_vacuum=INCREMENTAL");
      // WAL needs memory shared between processes, which network file systems lack.
      statement.execute("PRAGMA journal_mode=" + (isOnNetwork(file) ? "TRUNCATE" : "WAL"));
      statement.execute("PRAGMA synchronous=" + options.durability());
      statement.execute("PRAGMA cache_size=-4000");
      long wal = Math.min(MOST_WAL_BYTES, options.mostBytes() / 16);
      statement.execute("PRAGMA wal_autocheckpoint=" + Math.max(8, wal / PAGE_BYTES));
      statement.execute("PRAGMA journal_size_limit=" + 2 * wal);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  static Connection reading(Path file) throws SQLException {
    try {
      return reading(uri(file) + "?mode=ro");
    } catch (SQLException e) {
      // A file left in WAL mode in a folder that may not be written: there can be no writer.
      if (e.getErrorCode() == 14 && Files.isReadable(file) && !Files.exists(wal(file))) {
        return reading(uri(file) + "?immutable=1");
      }
      throw e;
    }
  }

  private static Connection reading(String uri) throws SQLException {
    Connection connection = connect(uri);
    try (Statement statement = connection.createStatement()) {
      guard(statement);
      statement.execute("PRAGMA query_only=ON");
      Schema.number(connection, "SELECT count(*) FROM sqlite_schema");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection connect(String uri) throws SQLException {
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl("jdbc:sqlite:" + uri);
    Connection connection = source.getConnection();
    connection
        .unwrap(SQLiteConnection.class)
        .setLimit(SQLiteLimits.SQLITE_LIMIT_LENGTH, MOST_VALUE_BYTES);
    return connection;
  }

  private static void guard(Statement statement) throws SQLException {
    statement.execute("PRAGMA trusted_schema=OFF");
    statement.execute("PRAGMA cell_size_check=ON");
    statement.execute("PRAGMA busy_timeout=5000");
    statement.execute("PRAGMA mmap_size=0");
    statement.execute("PRAGMA temp_store=MEMORY");
  }

  private static String uri(Path file) {
    return file.toUri().toString();
  }

  private static Path wal(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  private static boolean isOnNetwork(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      return folder != null
          && NETWORK.contains(Files.getFileStore(folder).type().toLowerCase(Locale.ROOT));
    } catch (IOException e) {
      return false;
    }
  }
}
