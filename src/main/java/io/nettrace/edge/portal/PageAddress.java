package io.nettrace.edge.portal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The address of a page with its parameters; those without a value are left out. */
public record PageAddress(String path, List<Parameter> parameters) {

  /** A parameter as links and hidden fields of forms carry it. */
  public record Parameter(String name, String value) {}

  public static PageAddress to(String path) {
    return new PageAddress(path, List.of());
  }

  /** The same address with this value in place of the one it had; nothing leaves it as it is. */
  public PageAddress with(String name, @Nullable Object value) {
    if (value == null || value.toString().isEmpty()) {
      return this;
    }
    return new PageAddress(
        path,
        Stream.concat(
                without(name).parameters.stream(), Stream.of(new Parameter(name, value.toString())))
            .toList());
  }

  /** The same address without these parameters. */
  public PageAddress without(String... names) {
    Set<String> out = Set.of(names);
    return new PageAddress(
        path, parameters.stream().filter(one -> !out.contains(one.name())).toList());
  }

  /** Colons and commas may stand in a query, and times and lists read better with them. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%3A", ":").replace("%2C", ",");
  }

  @Override
  public String toString() {
    return parameters.isEmpty()
        ? path
        : parameters.stream()
            .map(one -> one.name() + "=" + encoded(one.value()))
            .collect(Collectors.joining("&", path + "?", ""));
  }
}
