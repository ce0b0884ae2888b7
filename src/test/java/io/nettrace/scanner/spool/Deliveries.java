package io.nettrace.scanner.spool;

import io.nettrace.scanner.Delivery;
import io.nettrace.scanner.MalformedMessageException;
import io.nettrace.scanner.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads deliveries as the control plane would. */
public final class Deliveries {
  private Deliveries() {}

  public static Delivery of(Spool.Sealed sealed) {
    try {
      return Wire.read(sealed.content(), Delivery.class);
    } catch (MalformedMessageException e) {
      throw new AssertionError(e);
    }
  }

  /** Everything that waits, acknowledged one by one. */
  static List<Delivery> drain(Spool spool) throws IOException {
    List<Delivery> seen = new ArrayList<>();
    for (Optional<Spool.Sealed> next = spool.oldest(); next.isPresent(); next = spool.oldest()) {
      seen.add(of(next.get()));
      spool.acknowledged(next.get());
    }
    return seen;
  }
}
