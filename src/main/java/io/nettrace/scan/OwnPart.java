package io.nettrace.scan;

import io.nettrace.scanner.Delivery;

/**
 * A tenant's part of a delivery.
 *
 * @param delivery which one; its number makes the part stored once
 */
record OwnPart(Delivery delivery, AcceptedScan scan) {

  /** The part as a delivery of the same number, as it is parked. */
  Delivery parcel() {
    return new Delivery(
        delivery.spool(),
        delivery.sequence(),
        scan.vantagePoint().name(),
        scan.vantagePoint().simulated(),
        delivery.sealedAt(),
        scan.bursts(),
        scan.traces(),
        scan.resolutions());
  }
}
