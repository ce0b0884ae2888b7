package io.nettrace.scan;

import io.nettrace.platform.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Remembers which traces were asked for. */
public final class AskedTraces extends TraceRequests {
  private final List<String> asked = new ArrayList<>();

  public AskedTraces(Database database) {
    super(database);
  }

  @Override
  public synchronized void ask(String vantagePoint, Collection<String> targetIds) {
    asked.addAll(targetIds);
  }

  /** The targets asked for since the last call. */
  public synchronized List<String> take() {
    List<String> taken = List.copyOf(asked);
    asked.clear();
    return taken;
  }
}
