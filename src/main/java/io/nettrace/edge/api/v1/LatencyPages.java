package io.nettrace.edge.api.v1;

import io.nettrace.edge.api.http.CachedAnswer;
import io.nettrace.platform.Service;
import io.nettrace.sample.Standing;
import io.nettrace.scan.RecordOf;
import io.nettrace.scan.VantagePoint;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The answers of {@code /latency/{host}}. The catalogue's are rendered once per standing: a
 * standing is immutable, so an answer is right as long as its standing is the same object. Bounded
 * by targets × vantage points. Those of tenants' own targets are not kept here, where all share.
 */
@Service
public class LatencyPages {
  private record Key(String targetId, VantagePoint from) {}

  private record Rendered(Optional<Standing> standing, CachedAnswer page) {
    @SuppressWarnings("ReferenceEquality") // the same object, so that nothing is compared in depth
    boolean shows(Optional<Standing> current) {
      return standing.orElse(null) == current.orElse(null);
    }
  }

  private final Map<Key, Rendered> pages = new ConcurrentHashMap<>();

  CachedAnswer page(Subject subject) {
    return switch (subject.target().whose()) {
      case RecordOf.Catalogue _ -> kept(subject);
      case RecordOf.Own _ -> new CachedAnswer(LatencyView.of(subject));
    };
  }

  private CachedAnswer kept(Subject subject) {
    Key key = new Key(subject.target().id(), subject.vantagePoint());
    Rendered rendered = pages.get(key);
    if (rendered == null || !rendered.shows(subject.standing())) {
      rendered = new Rendered(subject.standing(), new CachedAnswer(LatencyView.of(subject)));
      pages.put(key, rendered);
    }
    return rendered.page();
  }
}
