package dev.alidade.server.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Text for a terminal. */
final class Plain {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Plain() {}

  /** A name from a stranger cannot move the cursor, colour the screen or run on for ever. */
  static String text(String any) {
    return text(any, 200);
  }

  static String text(String any, int most) {
    String start = any.length() <= most ? any : any.substring(0, most) + "…";
    return start.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "\uFFFD");
  }

  /** As above, for a part of a file name. */
  static String fileName(String any) {
    String name = any.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.+", "_");
    return name.isEmpty() ? "_" : name.length() <= 80 ? name : name.substring(0, 80);
  }

  static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    return String.format(
        Locale.ROOT,
        "%.1f %sB",
        bytes / (double) (1L << (10 * unit)),
        "KMGTPE".charAt(unit - 1) + "i");
  }

  static String time(long millis) {
    return millis <= 0 ? "-" : TIME.format(Instant.ofEpochMilli(millis));
  }

  static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4g", value);
  }
}
