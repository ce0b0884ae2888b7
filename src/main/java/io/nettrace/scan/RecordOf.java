package io.nettrace.scan;

import io.nettrace.tenant.Tenant;

/** Whose record something is stored in or read from: nobody's measurements are in two. */
public sealed interface RecordOf {
  RecordOf CATALOGUE = new Catalogue();

  /** What everybody may see. */
  record Catalogue() implements RecordOf {}

  /** What one tenant has measured for itself alone, in its own schema. */
  record Own(Tenant tenant) implements RecordOf {}
}
