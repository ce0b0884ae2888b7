package io.nettrace.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.nettrace.edge.AllSettings;
import io.nettrace.launcher.StartSetting;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.Setting;
import io.nettrace.platform.StartPhase;
import jakarta.annotation.Priority;
import java.lang.reflect.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The map of the house: which component may know which, as the architecture document draws it. */
@AnalyzeClasses(
    packages = "io.nettrace",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class PackageMapTest {
  private static final String ROOT = "io.nettrace.";

  /** From the outside in: each may import those that stand after it. */
  private static final List<String> MAP =
      List.of(
          "client",
          "launcher",
          "edge",
          "desk",
          "onboarding",
          "export",
          "compliance",
          "alert",
          "signal",
          "sla",
          "route",
          "sample",
          "scan",
          "catalog",
          "billing",
          "provision",
          "apikey",
          "plan",
          "identity",
          "tenant",
          "audit",
          "geo",
          "scanner",
          "lab",
          "prober",
          "posix",
          "platform",
          "metric");

  private static final Set<String> PLAIN =
      Set.of("client", "launcher", "scanner", "lab", "prober", "posix", "metric");

  private static final Set<String> SERVED =
      Set.of(
          "edge",
          "desk",
          "onboarding",
          "export",
          "signal",
          "route",
          "sample",
          "scan",
          "catalog",
          "apikey",
          "plan",
          "identity",
          "tenant",
          "geo");

  private static final int LEAST_CLASSES = 150;

  @ArchTest
  static void enoughClassesWereScanned(JavaClasses classes) {
    assertThat(classes).hasSizeGreaterThan(LEAST_CLASSES);
  }

  @ArchTest
  static final ArchRule everyClassBelongsToAComponentOfTheMap =
      classes().should(condition("belong to a component of the map", PackageMapTest::isOnTheMap));

  @ArchTest
  static final ArchRule importsOnlyPointDownTheMap =
      classes()
          .should(dependOnlyWhere("import only what stands below", PackageMapTest::pointsDown));

  @ArchTest
  static final ArchRule edgesImportOnlyTheRootsOfComponents =
      classes()
          .that()
          .resideInAPackage("io.nettrace.edge..")
          .should(dependOnlyWhere("import roots of components", PackageMapTest::isRootOrPlatform));

  @ArchTest
  static final ArchRule edgesDoNotImportEachOther =
      slices().matching("io.nettrace.edge.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule componentsAreFreeOfCycles =
      slices().matching("io.nettrace.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.nettrace.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule onlyPosixCallsForeignFunctions =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.nettrace.posix..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.lang.foreign..");

  /**
   * Exceptions: {@code platform.secret}, which the launcher is packed with alone, makes first
   * secrets and reads certificates; the prober's identifiers of packets are no secrets of ours.
   * Digests of contents need no key, and passwords have a library's hash.
   */
  @ArchTest
  static final ArchRule onlyTheCryptoPortEncryptsSignsAndMakesSecrets =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.nettrace.platform.crypto", "io.nettrace.platform.secret", "io.nettrace.prober..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("javax.crypto..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.security\\.(SecureRandom|Signature|KeyPairGenerator|KeyFactory|KeyStore)");

  /** The web application is packed without the programs that only scanners run. */
  @ArchTest
  static final ArchRule whatIsPackedNeedsNothingThatIsNot =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.nettrace.scanner", "io.nettrace.metric..", "io.nettrace.platform..")
          .or(resideIn(SERVED))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.nettrace.lab..", "io.nettrace.prober..", "io.nettrace.posix..");

  /** A tenant's connection comes from behind its walls, or it does not come at all. */
  @ArchTest
  static final ArchRule onlyTenantAndPlatformOpenConnections =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.nettrace.tenant..", "io.nettrace.platform..", "io.nettrace.launcher..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.sql..", "com.zaxxer..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.sql\\.DriverManager|org\\.hibernate\\.SessionFactory"
                  + "|jakarta\\.persistence\\.EntityManager(Factory)?");

  /** A column that is added in the middle must not move what stands behind it. */
  @ArchTest
  static final ArchRule parametersHaveNames =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.nettrace.platform.Sql")
          .should()
          .callMethodWhere(
              target(owner(assignableTo(PreparedStatement.class)))
                  .and(target(nameMatching("set[A-Z].*")))
                  .and(target(rawParameterTypes(firstIsAPosition()))))
          .because("statements name their parameters: Sql.of(\"… = :id\").bind(\"id\", id)");

  /** A unit of work is handed on whole; the recorders' connection is for COPY. */
  @ArchTest
  static final ArchRule noPublicSignatureHasAConnection =
      classes()
          .that()
          .resideOutsideOfPackage("io.nettrace.platform..")
          .should(haveNoConnectionInPublicSignaturesBut("io.nettrace.scan.Recording.connection()"));

  /** A number in the middle of a start says nothing of what it has to come after. */
  @ArchTest
  static void startsAreOrderedByNamedPhases(JavaClasses classes)
      throws ReflectiveOperationException {
    Set<Integer> phases = new HashSet<>();
    for (Field phase : StartPhase.class.getFields()) {
      phases.add(phase.getInt(null));
    }
    List<JavaParameter> ordered =
        classes.stream()
            .flatMap(type -> type.getMethods().stream())
            .flatMap(method -> method.getParameters().stream())
            .filter(parameter -> parameter.getRawType().isEquivalentTo(DatabaseReady.class))
            .filter(parameter -> parameter.isAnnotatedWith(Priority.class))
            .toList();
    assertThat(ordered).isNotEmpty();
    assertThat(ordered)
        .allSatisfy(
            parameter ->
                assertThat(phases)
                    .as("%s is of a named phase", parameter.getOwner().getFullName())
                    .contains(parameter.getAnnotationOfType(Priority.class).value()));
  }

  /** What is beyond the standard can be replaced in one place. */
  @ArchTest
  static final ArchRule onlyTheApisCarriageKnowsJersey =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.nettrace.edge.api.http", "io.nettrace.edge.front")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.glassfish..");

  /** The same for the server's HTTP codec. */
  @ArchTest
  static final ArchRule theFrontFilterKnowsTheCodecOnly =
      noClasses()
          .that()
          .resideInAPackage("io.nettrace.edge.front")
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.glassfish..")
                  .and(not(resideInAPackage("org.glassfish.grizzly.."))));

  @ArchTest
  static final ArchRule thePlainCoreKnowsNoJakarta =
      noClasses()
          .that(resideIn(PLAIN))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta..", "org.eclipse.microprofile..");

  /** What a component reads is judged by the launcher, too, and described. */
  @ArchTest
  static void everySettingIsListed(JavaClasses classes) throws ReflectiveOperationException {
    Set<String> listed = new HashSet<>(AllSettings.names());
    Stream.of(StartSetting.values()).map(StartSetting::property).forEach(listed::add);
    for (JavaClass type : classes) {
      for (JavaField field : type.getFields()) {
        if (field.getRawType().isEquivalentTo(Setting.class)
            && field.getModifiers().contains(JavaModifier.STATIC)) {
          Field constant = field.reflect();
          constant.setAccessible(true);
          assertThat(listed).contains(((Setting<?>) constant.get(null)).name());
        }
      }
    }
  }

  private static DescribedPredicate<JavaClass> resideIn(Set<String> components) {
    return DescribedPredicate.describe(
        "reside in " + components, type -> components.contains(component(type)));
  }

  private static boolean isOnTheMap(JavaClass type) {
    return MAP.contains(component(type));
  }

  private static boolean pointsDown(Dependency dependency) {
    String from = component(dependency.getOriginClass());
    String to = component(dependency.getTargetClass());
    return from.equals(to) || (MAP.indexOf(from) < MAP.indexOf(to) && !to.equals("edge"));
  }

  private static boolean isRootOrPlatform(Dependency dependency) {
    JavaClass target = dependency.getTargetClass();
    String component = component(target);
    return component.equals("edge")
        || component.equals("platform")
        || target.getPackageName().equals(ROOT + component);
  }

  private static String component(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(ROOT)) {
      return "";
    }
    String rest = name.substring(ROOT.length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  private static ArchCondition<JavaClass> dependOnlyWhere(
      String description, java.util.function.Predicate<Dependency> allowed) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(dependency -> !component(dependency.getTargetClass()).isEmpty())
            .filter(allowed.negate())
            .forEach(
                dependency ->
                    events.add(SimpleConditionEvent.violated(type, dependency.getDescription())));
      }
    };
  }

  private static ArchCondition<JavaClass> haveNoConnectionInPublicSignaturesBut(String allowed) {
    return new ArchCondition<>("have no connection in public signatures") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getCodeUnits().stream()
            .filter(unit -> isPublic(type) && unit.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(unit -> !unit.getFullName().equals(allowed))
            .filter(PackageMapTest::namesAConnection)
            .forEach(
                unit -> events.add(SimpleConditionEvent.violated(unit, unit.getDescription())));
      }
    };
  }

  private static boolean isPublic(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(PackageMapTest::isPublic).orElse(true);
  }

  /** {@code setFetchSize} and its like have one parameter. */
  private static DescribedPredicate<List<JavaClass>> firstIsAPosition() {
    return DescribedPredicate.describe(
        "a position and a value",
        types -> types.size() > 1 && types.getFirst().isEquivalentTo(int.class));
  }

  private static boolean namesAConnection(JavaCodeUnit unit) {
    return Stream.concat(unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
        .anyMatch(type -> type.isEquivalentTo(Connection.class));
  }

  private static ArchCondition<JavaClass> condition(
      String description, java.util.function.Predicate<JavaClass> holds) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!holds.test(type)) {
          events.add(
              SimpleConditionEvent.violated(type, type.getName() + " does not " + description));
        }
      }
    };
  }
}
