package io.nettrace.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.nettrace.identity.Session;
import io.nettrace.platform.Actor;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import io.nettrace.platform.job.JobHandler;
import io.nettrace.tenant.TenantData;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who makes a change stands first in what makes it, and is kept. */
@AnalyzeClasses(
    packages = "io.nettrace",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class ActorsTest {
  /** Roots of components: what others may call. */
  private static final Set<String> ROOTS =
      Stream.of(
              "onboarding",
              "export",
              "sample",
              "scan",
              "catalog",
              "apikey",
              "plan",
              "identity",
              "tenant",
              "platform.mail")
          .map(name -> "io.nettrace." + name)
          .collect(Collectors.toSet());

  private static final String READING = "reads, and writes down what was noted before";
  private static final String SHOWS = "what is shown to it says who acts: token, link or passkey";
  private static final String LETTER = "a letter or token; what is done with it names its actor";
  private static final String PART = "part of a change whose actor is kept with it";
  private static final String MEASURED = "the record, written as scanners deliver";
  private static final String CHORE = "forgets what is over";

  /** Classes and methods that write, and of which no actor is asked, and why. */
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          entry("ApiKeys.find", READING),
          entry("ApiKeys.list", READING),
          entry("Usage", READING),
          entry("History", "reads by way of a temporary table"),
          entry("ScannerCredentials.check", "notes that the credential is used"),
          entry("EmailChanges.confirm", SHOWS),
          entry("Invitations.accept", SHOWS),
          entry("LetterBlocks", SHOWS),
          entry("PasswordChanges.reset", SHOWS),
          entry("SignIns", SHOWS),
          entry("SignUps", SHOWS),
          entry("Sessions.start", SHOWS),
          entry("Sessions.verify", "notes that the session is used"),
          entry("OneTimeTokens", LETTER),
          entry("Outbox", LETTER),
          entry("Passkeys.signInOptions", LETTER),
          entry("PasswordChanges.requestReset", LETTER),
          entry("CustomTargets.entitle", PART),
          entry("Quotas", "the ledger of calls"),
          entry("Deliveries", MEASURED),
          entry("SampleRecorder", MEASURED),
          entry("TraceRequests", MEASURED),
          entry("VantagePoints", MEASURED),
          entry("Canaries.report", "what a chore found"),
          entry("OwnUpkeep", CHORE),
          entry("Upkeep", CHORE),
          entry("VantageFaults", CHORE));

  private static final Set<String> ENTITIES = Set.of("persist", "remove", "merge", "executeUpdate");

  @ArchTest
  static void whatChangesSomethingTakesAnActorFirst(JavaClasses classes) {
    Set<String> used = new HashSet<>();
    List<String> without = new ArrayList<>();
    facades(classes)
        .filter(method -> !isTold(method) && !forgetsATenant(method) && !handlesAJob(method))
        .filter(method -> reaches(method, ActorsTest::writes, true))
        .forEach(
            method ->
                Stream.of(method.getOwner().getSimpleName(), name(method))
                    .filter(EXCEPTIONS::containsKey)
                    .findFirst()
                    .ifPresentOrElse(used::add, () -> without.add(name(method))));
    assertThat(without).isEmpty();
    assertThat(used).as("exceptions that are needed").isEqualTo(EXCEPTIONS.keySet());
  }

  /** An actor that is not kept is asked for in vain. */
  @ArchTest
  static void whatTakesAnActorKeepsIt(JavaClasses classes) {
    List<String> forgetful =
        facades(classes)
            .filter(method -> isFirst(method, Actor.class))
            .filter(method -> !reaches(method, ActorsTest::audits, false))
            .map(ActorsTest::name)
            .toList();
    assertThat(forgetful).isEmpty();
  }

  @ArchTest
  static final ArchRule edgesMakeActorsInOnePlaceEach =
      noClasses()
          .that()
          .resideInAPackage("io.nettrace.edge..")
          .and()
          .doNotHaveFullyQualifiedName("io.nettrace.edge.api.operator.OperatorFilter")
          .should()
          .callConstructor(Actor.Person.class, UUID.class)
          .orShould()
          .callConstructor(Actor.Key.class, UUID.class)
          .orShould()
          .callConstructor(Actor.Operator.class)
          .because("Caller.actor(), Visit.actor() and OperatorFilter.ACTOR do");

  private static Stream<JavaMethod> facades(JavaClasses classes) {
    return classes.stream()
        .filter(type -> ROOTS.contains(type.getPackageName()))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(type -> type.isAnnotatedWith(Service.class))
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC));
  }

  /**
   * A job does what the one who enqueued it has caused; an operator's word is kept by {@code Jobs}.
   */
  private static boolean handlesAJob(JavaMethod method) {
    return method.getOwner().isAssignableTo(JobHandler.class)
        && Stream.of(JobHandler.class.getMethods())
            .anyMatch(handler -> handler.getName().equals(method.getName()));
  }

  /** The deletion of a tenant is one act, which {@code TenantDeletion} keeps. */
  private static boolean forgetsATenant(JavaMethod method) {
    return method.getOwner().isAssignableTo(TenantData.class) && method.getName().equals("forget");
  }

  /** A session is a person's, and its façade makes the actor of it. */
  private static boolean isTold(JavaMethod method) {
    return isFirst(method, Actor.class) || isFirst(method, Session.class);
  }

  private static boolean isFirst(JavaMethod method, Class<?> type) {
    List<JavaClass> parameters = method.getRawParameterTypes();
    return !parameters.isEmpty() && parameters.getFirst().isAssignableTo(type);
  }

  /** Whether a method comes to such a call, within its component or anywhere. */
  private static boolean reaches(
      JavaMethod start,
      java.util.function.Predicate<CodeUnitAccessTarget> wanted,
      boolean withinComponent) {
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.pop();
      for (JavaAccess<?> access : unit.getAccessesFromSelf()) {
        if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
          continue;
        }
        if (wanted.test(target)) {
          return true;
        }
        boolean follows =
            target.getOwner().getPackageName().startsWith("io.nettrace.")
                && (!withinComponent
                    || target
                        .getOwner()
                        .getPackageName()
                        .equals(start.getOwner().getPackageName()));
        if (follows) {
          target
              .resolveMember()
              .map(JavaCodeUnit.class::cast)
              .filter(seen::add)
              .ifPresent(open::add);
        }
      }
    }
    return false;
  }

  private static boolean writes(CodeUnitAccessTarget target) {
    return audits(target)
        || (target.getOwner().isEquivalentTo(Sql.class)
            && Set.of("update", "batch").contains(target.getName()))
        || (target.getOwner().getPackageName().startsWith("org.hibernate")
            && ENTITIES.contains(target.getName()));
  }

  private static boolean audits(CodeUnitAccessTarget target) {
    return target.getOwner().isEquivalentTo(Tx.class) && target.getName().equals("audit");
  }

  private static String name(JavaMethod method) {
    return method.getOwner().getSimpleName() + "." + method.getName();
  }
}
