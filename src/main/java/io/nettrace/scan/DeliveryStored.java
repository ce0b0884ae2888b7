package io.nettrace.scan;

/**
 * A delivery was committed to the record; fired at the node that stored it only.
 *
 * @param scan the catalogue's part of it
 * @param faultsTold true when a fault of the vantage point may have begun
 */
public record DeliveryStored(AcceptedScan scan, boolean faultsTold) {}
