package io.nettrace.edge.api.http;

import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The address of the next page: the cursor, and what of the query it does not hold. */
public final class NextLink {
  private NextLink() {}

  public static String of(UriInfo address, String cursor) {
    Stream<String> kept =
        address.getQueryParameters().entrySet().stream()
            .filter(parameter -> !isInCursor(parameter.getKey()))
            .sorted(Map.Entry.<String, List<String>>comparingByKey())
            .map(parameter -> pair(parameter.getKey(), parameter.getValue().getFirst()));
    String query =
        Stream.concat(Stream.of(pair("cursor", cursor)), kept).collect(Collectors.joining("&"));
    return "<%s?%s>; rel=\"next\"".formatted(address.getAbsolutePath().getRawPath(), query);
  }

  private static boolean isInCursor(String name) {
    return name.equals("cursor") || QueryParameters.IN_CURSOR.contains(name);
  }

  private static String pair(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
