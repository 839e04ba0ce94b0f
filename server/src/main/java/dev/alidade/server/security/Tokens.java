package dev.alidade.server.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The three tokens of a server: 256 random bits each, kept in one file that only its owner can
 * read, so that agents and command lines of the same user find them there and nobody else does.
 */
public final class Tokens {
  private static final int LEAST_LENGTH = 32;
  private static final List<Role> ROLES = List.of(Role.INGEST, Role.VIEW, Role.CONTROL);
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private final Map<Role, byte[]> tokens;

  private Tokens(Map<Role, byte[]> tokens) {
    this.tokens = tokens;
  }

  /**
   * Reads the file, or makes it with new tokens and mode 0600.
   *
   * @throws IllegalArgumentException when others may read it or a token is missing or short
   */
  public static Tokens readOrCreate(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder, ownerOnly("rwx------"));
    }
    try {
      Files.createFile(file, ownerOnly("rw-------"));
      Files.writeString(file, generate(), StandardOpenOption.TRUNCATE_EXISTING);
    } catch (FileAlreadyExistsException e) {
      checkOwnerOnly(file);
    }
    return parse(Files.readString(file), file);
  }

  /** The token itself; for the printed link only. */
  public String text(Role role) {
    byte[] token = tokens.get(role);
    if (token == null) {
      throw new IllegalArgumentException("role must have a token: " + role);
    }
    return new String(token, StandardCharsets.US_ASCII);
  }

  /** The role that a token proves; takes as long for a wrong one as for a right one. */
  public Role role(@Nullable String presented) {
    if (presented == null) {
      return Role.NONE;
    }
    byte[] bytes = presented.getBytes(StandardCharsets.UTF_8);
    Role found = Role.NONE;
    for (Role role : ROLES) {
      if (MessageDigest.isEqual(tokens.get(role), bytes)) {
        found = role;
      }
    }
    return found;
  }

  private static Tokens parse(String text, Path file) {
    Map<Role, byte[]> tokens = new EnumMap<>(Role.class);
    for (Role role : ROLES) {
      String prefix = role.text() + "=";
      String token =
          text.lines()
              .map(String::strip)
              .filter(line -> line.startsWith(prefix))
              .map(line -> line.substring(prefix.length()).strip())
              .findFirst()
              .orElse("");
      if (token.length() < LEAST_LENGTH) {
        throw new IllegalArgumentException(
            "tokens file %s must have a line %s<at least %d characters>"
                .formatted(file, prefix, LEAST_LENGTH));
      }
      tokens.put(role, token.getBytes(StandardCharsets.US_ASCII));
    }
    return new Tokens(tokens);
  }

  private static String generate() {
    SecureRandom random = new SecureRandom();
    StringBuilder text = new StringBuilder();
    for (Role role : ROLES) {
      byte[] bits = new byte[32];
      random.nextBytes(bits);
      String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
      text.append(role.text()).append('=').append(token).append('\n');
    }
    return text.toString();
  }

  private static void checkOwnerOnly(Path file) throws IOException {
    if (!posix()) {
      return;
    }
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
    if (mode.stream().anyMatch(OTHERS::contains)) {
      throw new IllegalArgumentException(
          "tokens file %s must be readable by its owner only (chmod 600): %s"
              .formatted(file, PosixFilePermissions.toString(mode)));
    }
  }

  private static FileAttribute<?>[] ownerOnly(String mode) {
    return posix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean posix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
