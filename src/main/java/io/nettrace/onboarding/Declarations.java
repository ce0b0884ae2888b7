package io.nettrace.onboarding;

import io.nettrace.catalog.CustomTarget;
import io.nettrace.catalog.CustomTargets;
import io.nettrace.catalog.ImportOutcome;
import io.nettrace.catalog.TargetDraft;
import io.nettrace.catalog.TargetOutcome;
import io.nettrace.identity.Invitation;
import io.nettrace.identity.Invitations;
import io.nettrace.identity.Member;
import io.nettrace.identity.Members;
import io.nettrace.plan.Plans;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Actor;
import io.nettrace.platform.Service;
import io.nettrace.platform.json.DocumentProblem;
import io.nettrace.platform.json.InvalidDocumentException;
import io.nettrace.tenant.AllowedOrigins;
import io.nettrace.tenant.ReaderSettings;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKind;
import io.nettrace.tenant.TenantSettings;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes tenants what files declare them to be, and says what that changes. */
@Service
public class Declarations {
  /** Who did it, as a tenant's people are told. */
  private static final String SHOWN_BY = "declaration";

  private final Tenants tenants;
  private final TenantPlans plans;
  private final Plans catalogue;
  private final PlanChanges planChanges;
  private final Members members;
  private final Invitations invitations;
  private final CustomTargets targets;
  private final TenantSettings settings;
  private final DeclaredExtras extras;

  /**
   * What a declaration changes, in words; nothing when the tenant is so already.
   *
   * @param slug which tenant
   */
  public record Diff(String slug, List<String> changes) {
    public Diff {
      changes = List.copyOf(changes);
    }
  }

  /** A change, and how it is made. */
  private record Step(String words, Runnable work) {}

  /** How readers are to be answered. */
  private record Answering(Optional<String> point, AllowedOrigins.Good origins) {

    /** Empty when they are answered so already; what the file leaves out stays as it is. */
    static Optional<Answering> declared(ReaderSettings before, Declaration declared) {
      Answering after =
          new Answering(
              declared.vantagePoint().or(before::vantagePoint),
              declared.origins().orElseGet(() -> new AllowedOrigins.Good(before.origins())));
      return Optional.of(after)
          .filter(
              it ->
                  !it.point.equals(before.vantagePoint())
                      || !it.origins.origins().equals(before.origins()));
    }

    String words() {
      return "answer its readers from %s, in pages of %s"
          .formatted(
              point.orElse("the installation's default"),
              origins.origins().isEmpty() ? "no site" : String.join(", ", origins.origins()));
    }
  }

  @Inject
  Declarations(
      Tenants tenants,
      TenantPlans plans,
      Plans catalogue,
      PlanChanges planChanges,
      Members members,
      Invitations invitations,
      CustomTargets targets,
      TenantSettings settings,
      DeclaredExtras extras) {
    this.settings = settings;
    this.tenants = tenants;
    this.plans = plans;
    this.catalogue = catalogue;
    this.planChanges = planChanges;
    this.members = members;
    this.invitations = invitations;
    this.targets = targets;
    this.extras = extras;
  }

  /**
   * Applies a declaration, or with {@code dryRun} only says what it would change.
   *
   * @param file what the document is called in what is thrown
   */
  public Diff apply(Actor by, String file, byte[] content, boolean dryRun)
      throws InvalidDocumentException {
    Declaration declared = Declaration.read(file, content, catalogue);
    List<String> changes = new ArrayList<>();
    Optional<Tenant> found = tenants.bySlug(declared.slug());
    if (found.isEmpty()) {
      changes.add("make the tenant " + declared.slug());
      if (dryRun) {
        changes.addAll(ofNewTenant(declared));
        return new Diff(declared.slug(), changes);
      }
      found =
          Optional.of(
              tenants.ensure(
                  by, UUID.randomUUID(), declared.slug(), declared.name(), TenantKind.CUSTOMER));
    }
    for (Step step : steps(by, found.get(), declared)) {
      changes.add(step.words());
      if (!dryRun) {
        step.work().run();
      }
    }
    importTargets(by, file, found.get(), declared, dryRun, changes);
    return new Diff(declared.slug(), changes);
  }

  private static List<String> ofNewTenant(Declaration declared) {
    return Stream.of(
            Stream.of("put it on the plan " + declared.plan().name()),
            Answering.declared(ReaderSettings.UNSET, declared).map(Answering::words).stream(),
            declared.members().stream().map(Declarations::invite),
            declared.targets().stream().map(Declarations::add))
        .flatMap(words -> words)
        .toList();
  }

  private List<Step> steps(Actor by, Tenant tenant, Declaration declared) {
    List<Step> steps = new ArrayList<>();
    if (!tenant.name().equals(declared.name())) {
      steps.add(
          new Step(
              "call it " + declared.name(),
              () -> tenants.rename(by, tenant.id(), declared.name())));
    }
    String plan = plans.of(tenant.id()).name();
    if (!plan.equals(declared.plan().name())) {
      steps.add(
          new Step(
              "move it from the plan %s to %s".formatted(plan, declared.plan().name()),
              () -> planChanges.assign(by, tenant, declared.plan())));
    }
    steps.addAll(people(by, tenant, declared));
    readers(by, tenant, declared).ifPresent(steps::add);
    if (!extras.are(tenant.id(), declared)) {
      steps.add(
          new Step("note scanners and objectives", () -> extras.put(by, tenant.id(), declared)));
    }
    return steps;
  }

  private Optional<Step> readers(Actor by, Tenant tenant, Declaration declared) {
    return Answering.declared(settings.of(tenant.id()), declared)
        .map(
            answering ->
                new Step(
                    answering.words(),
                    () ->
                        settings.put(
                            by,
                            tenant.id(),
                            answering.point(),
                            answering.origins(),
                            OptionalInt.empty(),
                            SHOWN_BY)));
  }

  private List<Step> people(Actor by, Tenant tenant, Declaration declared) {
    Map<String, Member> known =
        members.list(tenant.id()).stream()
            .collect(Collectors.toMap(m -> m.email().key(), Function.identity()));
    List<String> invited =
        invitations.list(tenant.id()).stream()
            .map(Invitation::email)
            .map(email -> email.key())
            .toList();
    return declared.members().stream()
        .filter(
            person ->
                !known.containsKey(person.email().key()) && !invited.contains(person.email().key()))
        .map(
            person ->
                new Step(
                    invite(person),
                    () ->
                        invitations.inviteForOperator(
                            by, tenant.id(), declared.name(), person.email(), person.role())))
        .toList();
  }

  private void importTargets(
      Actor by,
      String file,
      Tenant tenant,
      Declaration declared,
      boolean dryRun,
      List<String> changes)
      throws InvalidDocumentException {
    List<TargetDraft> missing =
        declared.targets().stream().filter(draft -> !isThere(tenant, draft)).toList();
    if (missing.isEmpty()) {
      return;
    }
    missing.forEach(draft -> changes.add(add(draft)));
    if (dryRun) {
      return;
    }
    ImportOutcome outcome =
        targets.importAll(by, tenant, PlanChanges.limits(declared.plan()), missing, SHOWN_BY);
    if (outcome instanceof ImportOutcome.Refused(List<ImportOutcome.Row> rows)) {
      throw new InvalidDocumentException(
          rows.stream()
              .map(
                  row ->
                      new DocumentProblem(
                          file,
                          "/custom_targets/" + declared.targets().indexOf(missing.get(row.row())),
                          words(row.why())))
              .toList());
    }
  }

  private boolean isThere(Tenant tenant, TargetDraft draft) {
    return targets.byHost(tenant, draft.host()).stream()
        .map(CustomTarget::port)
        .anyMatch(port -> port == draft.port());
  }

  private static String words(TargetOutcome outcome) {
    return switch (outcome) {
      case TargetOutcome.Invalid(var faults) ->
          faults.stream()
              .map(fault -> fault.field() + ": " + fault.reason())
              .collect(Collectors.joining("; "));
      case TargetOutcome.Exceeds(var limit, long allowed, long wanted) ->
          "the plan allows %d (%s), not %d".formatted(allowed, limit, wanted);
      case TargetOutcome.Duplicate(String host, int port) ->
          "%s:%d stands twice".formatted(host, port);
      default -> "it cannot be added";
    };
  }

  private static String invite(Declaration.Person person) {
    return "invite one person as "
        + person.role().name().toLowerCase(java.util.Locale.ROOT)
        + ": "
        + person.email();
  }

  private static String add(TargetDraft draft) {
    return "measure %s:%d".formatted(draft.host(), draft.port());
  }
}
