package io.nettrace.apikey;

/** What came of the wish for a key. */
public sealed interface IssueOutcome {
  /** A new key. {@code text} is shown to its owner now and cannot be found out again. */
  record Issued(String text, ApiKey key) implements IssueOutcome {
    /** Without the key itself, should this ever reach a log. */
    @Override
    public String toString() {
      return "Issued[" + key + "]";
    }
  }

  /** The tenant has as many live keys as it may have. */
  record TooManyKeys(int limit) implements IssueOutcome {}

  /**
   * The wish breaks a rule.
   *
   * @param field the component of {@link NewKey} that is wrong
   * @param reason why, for whoever wished
   */
  record Refused(String field, String reason) implements IssueOutcome {}
}
