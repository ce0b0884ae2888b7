package io.nettrace.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.nettrace.desk.Action;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every page and every form of the portal, and the action that it asks the desk for, held against
 * {@value #FILE}; who may do an action stands in the desk's own table.
 */
class PortalActionsTest {
  private static final String FILE = "/io/nettrace/edge/portal/portal-actions.txt";

  /** Beans of pages whose forms are open to strangers: signing up and in, and links of letters. */
  private static final Set<String> OPEN =
      Set.of(
          "SignIn", "SignUpPage", "InvitationPage", "PasswordPage", "EmailPage", "LetterBlockPage");

  private final List<JavaClass> pages =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages(Page.class.getPackageName())
              .stream()
              .filter(type -> type.isAnnotatedWith(Page.class))
              .toList();

  @Test
  void everyPageAndFormAsksForTheActionThatTheTableSays() throws IOException {
    Set<String> actual = new TreeSet<>();
    for (PortalPage page : PortalPage.values()) {
      actual.add("page " + page.address() + " " + page.action().map(Action::name).orElse("open"));
    }
    for (JavaClass bean : pages) {
      for (JavaMethod method : bean.getMethods()) {
        if (method.isAnnotatedWith(Guarded.class)) {
          Guarded guarded = method.getAnnotationOfType(Guarded.class);
          forms(bean.getSimpleName(), method.getName(), guarded).forEach(actual::add);
        }
      }
    }
    assertThat(actual).isEqualTo(file());
  }

  @Test
  void noMethodThatAPageCallsToChangeAnythingIsWithoutAGuard() {
    List<String> unguarded =
        pages.stream()
            .filter(bean -> !OPEN.contains(bean.getSimpleName()))
            .flatMap(bean -> bean.getMethods().stream())
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(method -> method.getRawParameterTypes().isEmpty())
            .filter(method -> method.getRawReturnType().getName().equals("void"))
            .filter(method -> !method.isAnnotatedWith(Guarded.class))
            .map(JavaMethod::getFullName)
            .toList();
    assertThat(unguarded).isEmpty();
    assertThat(pages.stream().flatMap(bean -> bean.getMethods().stream()))
        .filteredOn(method -> method.isAnnotatedWith(Guarded.class))
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(
                        forms(
                            method.getOwner().getSimpleName(),
                            method.getName(),
                            method.getAnnotationOfType(Guarded.class)))
                    .as(method.getFullName())
                    .isNotEmpty());
    assertThat(pages).hasSizeGreaterThan(OPEN.size());
  }

  private static Stream<String> forms(String bean, String method, Guarded guarded) {
    return Stream.concat(
        Arrays.stream(guarded.value())
            .map(action -> "call " + bean + "." + method + " " + action.name()),
        Arrays.stream(guarded.forms())
            .map(form -> "form " + bean + " " + form.value() + " " + form.needs().name()));
  }

  private static Set<String> file() throws IOException {
    try (InputStream in = PortalActionsTest.class.getResourceAsStream(FILE)) {
      return in == null
          ? Set.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
