package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.BadRequests;
import io.nettrace.edge.api.http.QueryParameters;
import io.nettrace.export.Format;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/** In which form a client wants an answer: {@code format=}, else Accept, else the first offered. */
final class Formats {
  private Formats() {}

  static Format chosen(QueryParameters query, HttpHeaders headers, Format... offered) {
    List<Format> all = List.of(offered);
    Optional<Format> asked = query.choice("format", all);
    if (asked.isPresent()) {
      return asked.get();
    }
    for (MediaType type : headers.getAcceptableMediaTypes()) {
      for (Format format : all) {
        if (type.isCompatible(MediaType.valueOf(format.mediaType()))) {
          return format;
        }
      }
    }
    return all.getFirst();
  }

  /** Parameters that mean nothing beside others. */
  static void refuse(QueryParameters query, String reason, String... names) {
    for (String name : names) {
      if (query.text(name).isPresent()) {
        throw BadRequests.parameter(name, "does not apply here: " + reason);
      }
    }
  }
}
