package io.nettrace.geo;

import io.nettrace.platform.Service;
import java.util.Optional;

/** The sources of this installation: the lab's own for what is simulated, else the files. */
@Service
class GeoSources {
  private final LabSource lab = LabSource.shipped();
  private final GeoSource real = GeoSource.NOTHING;

  GeoSource of(boolean simulated) {
    return simulated ? lab : real;
  }

  Optional<Place> labVantage() {
    return lab.vantage();
  }
}
