package io.nettrace.platform.json;

/**
 * What is wrong with a JSON document.
 *
 * @param member where, as {@code hosts[2]} or {@code path.end}; empty for the document as a whole
 */
public record JsonFault(String member, String reason) {
  /** Whether it is the text that is no JSON, and not a member that is of a wrong kind. */
  public boolean isOfWhole() {
    return member.isEmpty();
  }

  @Override
  public String toString() {
    return isOfWhole() ? reason : member + " " + reason;
  }
}
