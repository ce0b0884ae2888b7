package io.nettrace.supply;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No packed jar has a known hole, and the bill of materials names what is packed. */
class PackedJarsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path WAR = Path.of("target/nettrace/WEB-INF/lib");
  private static final Path DIST = Path.of("target/dist/lib");

  @Test
  void noPackedJarIsInTheRangeOfAKnownVulnerability() throws IOException {
    List<Component> packed = packed();
    packed.addAll(named());
    assertThat(packed).hasSizeGreaterThan(100);
    List<String> found = new ArrayList<>();
    for (Vulnerability known : Vulnerability.all()) {
      packed.stream().filter(known::isIn).forEach(jar -> found.add(jar + " has " + known.id()));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void theBillOfMaterialsNamesThePackedJars() throws IOException {
    List<Component> named = named();
    assertThat(named).containsAll(packed());
    try (Stream<Path> jars = Files.list(WAR)) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .allSatisfy(
              jar ->
                  assertThat(named)
                      .as(jar)
                      .anyMatch(one -> jar.startsWith(one.artifact() + "-" + one.version())));
    }
  }

  private static List<Component> named() throws IOException {
    JsonNode bill = JSON.readTree(Path.of("target/nettrace-sbom.json").toFile());
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    List<Component> named = new ArrayList<>();
    bill.path("components")
        .forEach(
            one ->
                named.add(
                    new Component(
                        one.path("group").asText(),
                        one.path("name").asText(),
                        one.path("version").asText())));
    return named;
  }

  private static List<Component> packed() throws IOException {
    List<Component> all = new ArrayList<>();
    for (Path folder : List.of(WAR, DIST)) {
      try (Stream<Path> jars = Files.list(folder)) {
        jars.filter(jar -> jar.toString().endsWith(".jar"))
            .map(PackedJarsIT::component)
            .flatMap(Optional::stream)
            .forEach(all::add);
      }
    }
    return all;
  }

  /** By the Maven properties that bear the jar's own name; some jars hold those of others, too. */
  private static Optional<Component> component(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.stream()
          .filter(entry -> entry.getName().matches("META-INF/maven/[^/]+/[^/]+/pom.properties"))
          .map(
              entry -> {
                try (InputStream in = file.getInputStream(entry)) {
                  return Component.of(in);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .filter(one -> !one.artifact().isEmpty())
          .filter(one -> jar.getFileName().toString().startsWith(one.artifact()))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A packed library. */
  record Component(String group, String artifact, String version) {
    static Component of(InputStream in) throws IOException {
      Properties properties = new Properties();
      properties.load(in);
      return new Component(
          properties.getProperty("groupId", ""),
          properties.getProperty("artifactId", ""),
          properties.getProperty("version", ""));
    }

    @Override
    public String toString() {
      return group + ":" + artifact + " " + version;
    }
  }
}
