package io.nettrace.edge.api.v1;

import io.nettrace.sample.Standing;
import io.nettrace.scan.VantagePoint;
import java.util.Optional;

/** What a request asks about: a target, as seen from one vantage point. */
record Subject(ShownTarget target, VantagePoint vantagePoint, Optional<Standing> standing) {}
