package io.nettrace.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/**
 * The vantage point of the local scanner, named before anything starts, so that the server can give
 * the scanner's secret to that vantage point and to no other.
 */
record LocalVantagePoint(String name, boolean simulated) {
  /** Tells the server about it. */
  static final String PROPERTY = "nettrace.scanner.local-vantage-point";

  /** The secret's file within the folder of secrets. */
  static final String SECRET = "local-scanner";

  private static final String SHIPPED = "io/nettrace/lab/scenario/newark.json";
  private static final String REAL = "local";
  private static final String LAB = "lab";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
  private static final JsonMapper JSON = new JsonMapper();

  /** The name that is set; else the one in the lab's scenario, or {@code local}. */
  static LocalVantagePoint of(StartSettings settings, Path scannerJar, boolean simulated) {
    Optional<String> set = settings.scannerOptions().vantagePoint();
    String name =
        set.orElseGet(
            () -> simulated ? inLab(settings.scannerOptions().scenario(), scannerJar) : REAL);
    return new LocalVantagePoint(name, simulated);
  }

  /** What is wrong with a scenario is told by the scanner, which reads all of it. */
  private static String inLab(Optional<String> scenario, Path scannerJar) {
    try {
      JsonNode read = scenario.isPresent() ? read(Path.of(scenario.get())) : shipped(scannerJar);
      String name = read.at("/vantage/name").asText();
      return NAME.matcher(name).matches() ? name : LAB;
    } catch (IOException e) {
      return LAB;
    }
  }

  private static JsonNode read(Path scenario) throws IOException {
    return JSON.readTree(Files.readAllBytes(scenario));
  }

  private static JsonNode shipped(Path scannerJar) throws IOException {
    try (JarFile jar = new JarFile(scannerJar.toFile())) {
      ZipEntry entry = jar.getEntry(SHIPPED);
      if (entry == null) {
        throw new IOException("no shipped scenario in " + scannerJar);
      }
      try (InputStream in = jar.getInputStream(entry)) {
        return JSON.readTree(in.readAllBytes());
      }
    }
  }

  String property() {
    return (simulated ? "lab:" : "real:") + name;
  }
}
