package io.nettrace.geo;

import java.net.InetAddress;
import java.util.Optional;

/** Somebody who says where addresses are and who runs them. */
interface GeoSource {
  Optional<GeoRecord> find(InetAddress address);
}
