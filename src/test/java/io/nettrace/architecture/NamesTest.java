package io.nettrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A simple name means one thing in the whole house. */
@AnalyzeClasses(
    packages = "io.nettrace",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class NamesTest {
  @ArchTest
  static void noTwoClassesShareASimpleName(JavaClasses classes) {
    Map<String, List<String>> byName =
        classes.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(one -> !one.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getName, Collectors.toList())));
    assertThat(byName).isNotEmpty();
    assertThat(byName.values()).allSatisfy(names -> assertThat(names).hasSize(1));
  }
}
