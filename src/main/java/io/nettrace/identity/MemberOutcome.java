package io.nettrace.identity;

import java.util.List;

/** What came of a change of a tenant's members. */
public sealed interface MemberOutcome {
  /**
   * It is so now.
   *
   * @param withdrawn open invitations that fell with the right of the member who wrote them
   */
  record Done(List<Invitation> withdrawn) implements MemberOutcome {
    public Done {
      withdrawn = List.copyOf(withdrawn);
    }

    Done() {
      this(List.of());
    }
  }

  /** The acting person's role does not allow that. */
  record NotAllowed() implements MemberOutcome {}

  /** A tenant always has an owner: make somebody else one first. */
  record LastOwner() implements MemberOutcome {}

  /** There is no such member, or no such invitation. */
  record Unknown() implements MemberOutcome {}
}
