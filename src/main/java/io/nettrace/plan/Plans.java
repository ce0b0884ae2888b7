package io.nettrace.plan;

import io.nettrace.platform.ConfigurationException;
import io.nettrace.platform.Configured;
import io.nettrace.platform.Service;
import io.nettrace.platform.Setting;
import io.nettrace.platform.json.DocumentProblem;
import io.nettrace.platform.json.InvalidDocumentException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The plans there are, as {@code tenants/plans.json} has them. Read once at start; a mistake in the
 * file stops the start, which is why this counts as something configured.
 */
@Service
public class Plans implements Configured {
  static final String FILE = "tenants/plans.json";

  private final List<Plan> all;
  private final Map<String, Plan> byName;
  private final Set<Entitlement> coming;

  @Inject
  public Plans() {
    this(FILE, shipped());
  }

  Plans(String file, byte[] content) {
    try {
      all = PlanCatalogue.read(file, content);
      coming = Set.copyOf(PlanCatalogue.coming(file, content));
    } catch (InvalidDocumentException e) {
      throw new ConfigurationException(
          "The catalogue of plans cannot be used",
          e.problems().stream().map(DocumentProblem::toString).toList());
    }
    byName = all.stream().collect(Collectors.toUnmodifiableMap(Plan::name, Function.identity()));
  }

  /** None but the file. */
  @Override
  public List<Setting<?>> settings() {
    return List.of();
  }

  /** From the smallest to the largest; each includes the one before. */
  public List<Plan> all() {
    return all;
  }

  /** Whether it is in plans and cannot be used yet. */
  public boolean isComing(Entitlement entitlement) {
    return coming.contains(entitlement);
  }

  public Optional<Plan> byName(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The plan of whoever has no other. */
  public Plan first() {
    return all.getFirst();
  }

  /** The smallest plan that has it, so that a refusal can name it. Empty when none has. */
  public Optional<Plan> cheapestWith(Entitlement entitlement) {
    return all.stream().filter(plan -> plan.has(entitlement)).findFirst();
  }

  /** The smallest plan that reaches back so far. Empty when none does. */
  public Optional<Plan> cheapestWithHistory(Duration history) {
    return all.stream().filter(plan -> plan.history().compareTo(history) >= 0).findFirst();
  }

  /** The smallest plan for more than so many people. Empty when none is. */
  public Optional<Plan> cheapestWithMoreMembers(int members) {
    return all.stream().filter(plan -> plan.members() > members).findFirst();
  }

  private static byte[] shipped() {
    try (InputStream in = Plans.class.getResourceAsStream("/" + FILE)) {
      if (in == null) {
        throw new IllegalStateException("the build packed no " + FILE);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
