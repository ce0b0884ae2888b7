package io.nettrace.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.nettrace.platform.DomainEvent;
import io.nettrace.platform.EventType;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * src/docs/events.md is written from the event types themselves. When this fails, run it with
 * {@code -Devents.write=true} and commit what it wrote.
 */
class EventReferenceTest {
  private static final Path REFERENCE = Path.of("src/docs/events.md");
  private static final Path SOURCES = Path.of("src/main/java");

  private static final List<Class<?>> TYPES =
      new ClassFileImporter()
          .importPath(Path.of("target/classes/io/nettrace")).stream()
              .filter(type -> type.isAssignableTo(DomainEvent.class) && !type.isInterface())
              .<Class<?>>map(JavaClass::reflect)
              .sorted(Comparator.comparing(EventReferenceTest::name))
              .toList();

  private static final String HEAD =
      """
      # Events

      What happened is kept in `events.events`, in the transaction in which it happened, with the actor and, where it is a tenant's, the
      tenant. Consumers and followers get events in order ([ADR 27](adr/0027-kept-events.md)); audit entries are rows of the same table, named
      by the `AuditType`s of each component.

      Written by `EventReferenceTest` from the types; do not edit. Bodies are JSON. Times are RFC 3339 in UTC, delays whole nanoseconds.
      A member is only added to a version; a new version is one that a reader of the old one could not read.
      """;

  @Test
  void theReferenceSaysWhatTheTypesSay() throws IOException {
    String expected = reference();
    if (Boolean.getBoolean("events.write")) {
      Files.writeString(REFERENCE, expected);
    }
    assertThat(REFERENCE).content().isEqualTo(expected);
  }

  @Test
  void everyEventIsARecordOfASealedTypeInTheRootOfItsComponent() {
    assertThat(TYPES).isNotEmpty();
    for (Class<?> type : TYPES) {
      assertThat(type.isRecord()).as(type.getName()).isTrue();
      assertThat(type.getPackageName()).matches("io\\.nettrace\\.[a-z]+");
      assertThat(Arrays.stream(type.getInterfaces()).filter(Class::isSealed))
          .as("sealed interface of %s", type.getName())
          .hasSize(1);
      assertThat(type.getAnnotation(EventType.class)).as(type.getName()).isNotNull();
    }
    assertThat(TYPES.stream().map(EventReferenceTest::name)).doesNotHaveDuplicates();
  }

  private static String reference() throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    for (Class<?> type : TYPES) {
      EventType event = type.getAnnotation(EventType.class);
      text.append(
          """

          ## %s

          Version %d, `%s`. %s%s

          | member | type | meaning |
          |---|---|---|
          """
              .formatted(
                  event.value(),
                  event.version(),
                  type.getName(),
                  event.when(),
                  event.brief() ? " Kept for a day." : ""));
      String source = source(type);
      for (RecordComponent member : type.getRecordComponents()) {
        text.append(
            "| `%s` | %s | %s |%n"
                .formatted(
                    snakeCase(member.getName()),
                    words(member.getGenericType()),
                    meaning(source, type, member.getName())));
      }
    }
    return text.toString();
  }

  private static String name(Class<?> type) {
    EventType event = type.getAnnotation(EventType.class);
    return event == null ? type.getName() : event.value();
  }

  private static String source(Class<?> type) throws IOException {
    return Files.readString(SOURCES.resolve(type.getName().replace('.', '/') + ".java"));
  }

  private static String meaning(String source, Class<?> type, String member) {
    Matcher line =
        Pattern.compile("@param %s (.*?)\n \\*(?: @|/)".formatted(member), Pattern.DOTALL)
            .matcher(source);
    assertThat(line.find()).as("@param %s of %s", member, type.getName()).isTrue();
    return line.group(1).replaceAll("\\s*\n \\*\\s*", " ").strip();
  }

  private static String words(Type type) {
    String name = type.getTypeName();
    Optional<String> inner = inner(name);
    if (name.startsWith("java.util.Optional<")) {
      return words(inner.orElseThrow()) + ", or null";
    }
    if (name.startsWith("java.util.List<")) {
      return "list of " + words(inner.orElseThrow());
    }
    return words(name);
  }

  private static Optional<String> inner(String name) {
    int begin = name.indexOf('<');
    return begin < 0 ? Optional.empty() : Optional.of(name.substring(begin + 1, name.length() - 1));
  }

  private static String words(String name) {
    return switch (name) {
      case "java.util.UUID" -> "UUID";
      case "java.lang.String" -> "text";
      case "java.time.Instant" -> "time";
      case "java.time.LocalDate" -> "day";
      case "boolean" -> "truth value";
      case "int", "long" -> "whole number";
      case "java.util.OptionalLong" -> "whole number, or null";
      case "java.util.OptionalDouble" -> "number, or null";
      default -> constants(name);
    };
  }

  private static String constants(String name) {
    try {
      Object[] all = Class.forName(name).getEnumConstants();
      assertThat(all).as("constants of %s", name).isNotNull();
      return "one of " + String.join(", ", Arrays.stream(all).map(one -> "`" + one + "`").toList());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(name + " is no plain value", e);
    }
  }

  private static String snakeCase(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
