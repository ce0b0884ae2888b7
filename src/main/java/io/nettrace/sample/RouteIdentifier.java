package io.nettrace.sample;

import io.nettrace.scan.Recording;
import java.sql.SQLException;
import java.util.List;

/**
 * Tells which route each trace of a scan was over, and stores what follows from it in the scan's
 * transaction. Implemented by the component that knows routes.
 */
public interface RouteIdentifier {
  /** One answer for each of the scan's traces, in their order. */
  List<IdentifiedRoute> identify(Recording recording) throws SQLException;
}
