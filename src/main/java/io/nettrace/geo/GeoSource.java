package io.nettrace.geo;

import java.net.InetAddress;
import java.util.Optional;

/** Somebody who says where addresses are and who runs them. */
interface GeoSource {
  /** Knows nothing. */
  GeoSource NOTHING = _ -> Optional.empty();

  Optional<GeoRecord> find(InetAddress address);
}
