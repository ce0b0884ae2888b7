package io.nettrace.identity;

/** What came of a change of a tenant's members. */
public sealed interface MemberOutcome {
  record Done() implements MemberOutcome {}

  /** The acting person's role does not allow that. */
  record NotAllowed() implements MemberOutcome {}

  /** A tenant always has an owner: make somebody else one first. */
  record LastOwner() implements MemberOutcome {}

  /** There is no such member, or no such invitation. */
  record Unknown() implements MemberOutcome {}
}
