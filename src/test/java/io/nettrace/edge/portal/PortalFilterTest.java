package io.nettrace.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.annotation.WebServlet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortalFilterTest {
  @Test
  void standsBeforeEveryServletOfThePortalAndBeforeWhatTheContainerAnswersItself() {
    WebFilter door = PortalFilter.class.getAnnotation(WebFilter.class);
    assertThat(door.servletNames()).containsExactlyInAnyOrder("default", "jsp", "faces");
    assertThat(door.urlPatterns()).containsExactlyInAnyOrderElementsOf(servlets());
  }

  private static List<String> servlets() {
    List<String> addresses =
        new ClassFileImporter()
            .importPackages(PortalFilter.class.getPackageName()).stream()
                .filter(type -> type.isAnnotatedWith(WebServlet.class))
                .map((JavaClass type) -> type.getAnnotationOfType(WebServlet.class))
                .flatMap(servlet -> Stream.of(servlet.value(), servlet.urlPatterns()))
                .flatMap(Stream::of)
                .toList();
    assertThat(addresses).isNotEmpty();
    return addresses;
  }
}
