package io.nettrace.scan;

import io.nettrace.platform.Service;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Targets that somebody wants traced at once; they travel in the next acknowledgement. */
@Service
public class TraceRequests {
  private static final int MOST_PER_VANTAGE_POINT = 1000;

  private final Map<String, Set<String>> wanted = new ConcurrentHashMap<>();

  /** Asking twice before the scanner was told asks once; beyond the bound nothing is asked. */
  public void ask(String vantagePoint, String targetId) {
    wanted.compute(
        vantagePoint,
        (_, targets) -> {
          Set<String> all = targets == null ? new LinkedHashSet<>() : targets;
          if (all.size() < MOST_PER_VANTAGE_POINT) {
            all.add(targetId);
          }
          return all;
        });
  }

  List<String> take(String vantagePoint) {
    Set<String> targets = wanted.remove(vantagePoint);
    return targets == null ? List.of() : new ArrayList<>(targets);
  }
}
