package io.nettrace.tenant;

import io.nettrace.platform.web.WebOrigin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tenant's list of web origins, as it was written: good as a whole, or what is wrong with it. */
public sealed interface AllowedOrigins {
  int MOST = 20;

  /** Each once, in the form in which browsers send them. */
  record Good(List<String> origins) implements AllowedOrigins {
    public Good {
      origins = List.copyOf(origins);
    }
  }

  record Bad(List<Fault> faults) implements AllowedOrigins {
    public Bad {
      faults = List.copyOf(faults);
    }
  }

  /**
   * What is wrong with one entry.
   *
   * @param at its place in the list, from 0
   */
  record Fault(int at, String reason) {}

  static AllowedOrigins read(List<@Nullable String> texts) {
    Set<String> origins = new LinkedHashSet<>();
    List<Fault> faults = new ArrayList<>();
    for (int i = 0; i < texts.size() && i < MOST; i++) {
      String text = texts.get(i);
      switch (WebOrigin.parse(text == null ? "" : text)) {
        case WebOrigin.Good(String origin) -> origins.add(origin);
        case WebOrigin.Bad(String reason) -> faults.add(new Fault(i, reason));
      }
    }
    if (texts.size() > MOST) {
      faults.add(new Fault(MOST, "there may be at most %d".formatted(MOST)));
    }
    return faults.isEmpty() ? new Good(List.copyOf(origins)) : new Bad(faults);
  }
}
