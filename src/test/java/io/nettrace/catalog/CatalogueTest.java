package io.nettrace.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nettrace.platform.json.DocumentProblem;
import io.nettrace.platform.json.InvalidDocumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogueTest {
  private static final Path BAD = Path.of("src/test/resources/io/nettrace/catalog/bad");

  @Test
  void theShippedCatalogueHasAHundredTargetsInTheSevenCategories() throws Exception {
    List<Target> targets =
        Catalogue.read("targets.json", Files.readAllBytes(Path.of("targets.json")));

    Map<Category, Integer> counts = new EnumMap<>(Category.class);
    targets.forEach(target -> counts.merge(target.category(), 1, Integer::sum));
    assertThat(counts)
        .isEqualTo(
            Map.of(
                Category.QUANT_API, 15,
                Category.CLOUD, 10,
                Category.EXCHANGE, 15,
                Category.CRYPTO, 20,
                Category.FOREX_BROKER, 15,
                Category.CDN_DNS, 10,
                Category.GOVERNMENT, 15));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("mistakes")
  void aMistakeIsRefusedWithFilePointerAndReason(String name, String pointer, String reason)
      throws IOException {
    String file = name + ".json";
    byte[] content = Files.readAllBytes(BAD.resolve(file));

    InvalidDocumentException refused =
        catchThrowableOfType(InvalidDocumentException.class, () -> Catalogue.read(file, content));

    assertThat(refused).as("%s was accepted", file).isNotNull();
    DocumentProblem problem = refused.problems().getFirst();
    assertThat(problem.file()).isEqualTo(file);
    assertThat(problem.pointer()).isEqualTo(pointer);
    assertThat(problem.reason()).contains(reason);
  }

  @Test
  void everyBadExampleIsExpectedToFail() throws IOException {
    try (Stream<Path> files = Files.list(BAD)) {
      assertThat(files.filter(file -> file.toString().endsWith(".json")).count())
          .isEqualTo(mistakes().count());
    }
  }

  static Stream<Object[]> mistakes() throws IOException {
    return Files.readAllLines(BAD.resolve("expected.txt")).stream()
        .map(line -> line.split("\\|", 3))
        .map(parts -> new Object[] {parts[0].strip(), parts[1].strip(), parts[2].strip()});
  }
}
