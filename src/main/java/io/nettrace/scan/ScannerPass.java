package io.nettrace.scan;

import java.util.UUID;

/** What a scanner proved at the door: for which vantage points it may speak. */
public sealed interface ScannerPass {

  /** It presented a credential, which is one vantage point's. */
  record OfVantagePoint(UUID credentialId, String vantagePoint) implements ScannerPass {
    @Override
    public boolean mayBe(String name) {
      return vantagePoint.equals(name);
    }

    @Override
    public boolean mayBe(RegisteredVantagePoint registered) {
      return mayBe(registered.vantagePoint().name());
    }
  }

  /**
   * It presented the token that an operator set for scanners of earlier releases: it may be any
   * vantage point that is shared, also one that is not registered yet.
   */
  record SharedToken() implements ScannerPass {
    @Override
    public boolean mayBe(String name) {
      return true;
    }

    @Override
    public boolean mayBe(RegisteredVantagePoint registered) {
      return registered.policy() instanceof AssignmentPolicy.Shared;
    }
  }

  /** Whether a message of that vantage point may be the scanner's, as far as the name tells. */
  boolean mayBe(String name);

  /** Whether it may speak for a vantage point that is registered. */
  boolean mayBe(RegisteredVantagePoint registered);
}
