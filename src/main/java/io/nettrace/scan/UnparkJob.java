package io.nettrace.scan;

import java.util.UUID;

/** Stores the parked parts of a tenant. */
record UnparkJob(UUID tenant) {}
