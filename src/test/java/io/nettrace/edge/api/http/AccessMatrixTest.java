package io.nettrace.edge.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.nettrace.apikey.KeyKind;
import io.nettrace.desk.AccessMatrix;
import io.nettrace.desk.Caller;
import io.nettrace.edge.api.account.AccountApi;
import io.nettrace.edge.api.v1.ApiV1;
import io.nettrace.identity.Permission;
import io.nettrace.plan.Plans;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every endpoint, and who is let through: as the annotations have it and {@link Access} decides,
 * held against {@value #FILE}, where somebody has decided it. An endpoint that is new, gone or
 * guarded differently fails until its line is as it should be.
 */
class AccessMatrixTest {
  private static final String FILE = "/io/nettrace/edge/api/access-matrix.txt";
  private static final Instant NOW = Instant.parse("2026-11-25T10:00:00Z");
  private static final int LEAST_ENDPOINTS = 60;

  private final Plans plans = new Plans();
  private final AccessMatrix matrix = new AccessMatrix(plans, NOW);
  private final Map<String, Endpoint> endpoints = endpoints();

  private record Endpoint(String verb, Class<?> resource, Method method) {
    boolean writes() {
      return !verb.equals("GET");
    }

    Optional<Needs> needs() {
      return Optional.ofNullable(method.getAnnotation(Needs.class));
    }
  }

  @Test
  void everyEndpointLetsThroughWhoTheTableSays() {
    Map<String, List<String>> actual = new TreeMap<>();
    endpoints.forEach((name, it) -> actual.put(name, line(name, door(it))));
    List<List<String>> whole = new ArrayList<>(List.of(header()));
    whole.addAll(actual.values());
    Map<String, List<String>> expected = AccessMatrix.read(file());

    List<String> wrong = new ArrayList<>();
    for (List<String> line : whole) {
      List<String> decided = expected.remove(line.getFirst());
      if (!line.equals(decided)) {
        wrong.add(
            (decided == null ? "undecided" : "decided was " + String.join(" | ", decided))
                + ", it is\n"
                + String.join(" | ", line));
      }
    }
    expected.keySet().forEach(gone -> wrong.add("no such endpoint any more: " + gone));

    if (!wrong.isEmpty()) {
      fail(String.join("\n", wrong) + "\n\nthe table as it is:\n" + AccessMatrix.table(whole));
    }
    assertThat(actual).hasSizeGreaterThan(LEAST_ENDPOINTS);
  }

  @Test
  void noTestKeyChangesAnythingWhateverItsScopesAre() {
    Caller key = matrix.key(KeyKind.TEST, EnumSet.allOf(Permission.class));
    assertThat(key.permissions())
        .containsExactlyInAnyOrder(Permission.READ_MEASUREMENTS, Permission.READ_USAGE);
    assertThat(endpoints.values())
        .filteredOn(it -> it.writes() && it.needs().isPresent())
        .isNotEmpty()
        .noneMatch(it -> door(it).admits(security(Optional.of(key))));
  }

  @Test
  void whatATenantsPeopleChangeAboutThemselvesNoKeyChanges() {
    Caller key = matrix.key(KeyKind.LIVE, EnumSet.allOf(Permission.class));
    assertThat(endpoints.values())
        .filteredOn(it -> AccountApi.resources().contains(it.resource()))
        .filteredOn(it -> it.writes() && it.needs().isPresent())
        .isNotEmpty()
        .allMatch(it -> it.needs().orElseThrow().value().rule().isForPeople())
        .noneMatch(it -> door(it).admits(security(Optional.of(key))));
  }

  @Test
  void aKeyIsGoodForWhatKeysAreIssuedForAndNothingElse() {
    assertThat(matrix.key(KeyKind.LIVE, EnumSet.allOf(Permission.class)).permissions())
        .isEqualTo(AccessMatrix.issuable());
  }

  /** With whether the call is put to the tenant's account. */
  private List<String> line(String name, Door door) {
    List<String> cells =
        new ArrayList<>(matrix.line(name, caller -> door.admits(security(caller))));
    cells.add(door.counts(security(Optional.of(matrix.owner()))) ? "+" : "-");
    return cells;
  }

  private List<String> header() {
    List<String> names = new ArrayList<>(matrix.header("endpoint"));
    names.add("counted");
    return names;
  }

  private static SecurityContext security(Optional<Caller> caller) {
    return caller
        .<SecurityContext>map(known -> new ApiCaller(known, false))
        .orElseGet(() -> new Anonymous(false, KeyRefusals.keyMissing()));
  }

  private Door door(Endpoint endpoint) {
    return new Door(
        endpoint.resource(), endpoint.method(), plans, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static Map<String, Endpoint> endpoints() {
    Map<String, Endpoint> found = new TreeMap<>();
    for (Class<?> resource : new ApiV1().getClasses()) {
      Path root = resource.getAnnotation(Path.class);
      if (root == null) {
        continue;
      }
      for (Method method : resource.getDeclaredMethods()) {
        verb(method)
            .ifPresent(
                verb -> {
                  String name = verb + " " + address(root, method.getAnnotation(Path.class));
                  Endpoint before = found.put(name, new Endpoint(verb, resource, method));
                  assertThat(before).as("%s stands twice", name).isNull();
                });
      }
    }
    return found;
  }

  private static Optional<String> verb(Method method) {
    return Arrays.stream(method.getAnnotations())
        .map(Annotation::annotationType)
        .map(type -> type.getAnnotation(HttpMethod.class))
        .filter(Objects::nonNull)
        .map(HttpMethod::value)
        .findFirst();
  }

  private static String address(Path root, @Nullable Path own) {
    String path = own == null ? root.value() : root.value() + "/" + own.value();
    return "/" + path.replaceFirst("^/+", "");
  }

  private static List<String> file() {
    try (InputStream in = AccessMatrixTest.class.getResourceAsStream(FILE)) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
