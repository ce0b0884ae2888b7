package io.nettrace.scan;

import java.time.Duration;

/** What came of the wish for a credential. */
public sealed interface CredentialOutcome {
  /** The secret is told this once; only its digest is kept. */
  record Issued(ScannerCredential credential, String secret) implements CredentialOutcome {}

  /** There is no such vantage point. */
  record UnknownVantagePoint() implements CredentialOutcome {}

  /** The vantage point has no such credential that is live and not being replaced. */
  record UnknownCredential() implements CredentialOutcome {}

  /** The vantage point has as many live ones as it may have. */
  record TooMany(int most) implements CredentialOutcome {}

  /** The overlap is longer than it may be. */
  record OverlapTooLong(Duration longest) implements CredentialOutcome {}
}
