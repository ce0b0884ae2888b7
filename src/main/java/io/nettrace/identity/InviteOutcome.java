package io.nettrace.identity;

/** What came of inviting somebody. */
public sealed interface InviteOutcome {
  record Invited(Invitation invitation) implements InviteOutcome {}

  record Malformed(String reason) implements InviteOutcome {}

  /** The acting person's role does not allow that. */
  record NotAllowed() implements InviteOutcome {}

  record AlreadyMember() implements InviteOutcome {}

  /**
   * The tenant has as many people as its plan allows.
   *
   * @param most members and open invitations together
   */
  record TeamFull(int most) implements InviteOutcome {}

  /** So many invitations of this tenant are open already. */
  record TooMany(int most) implements InviteOutcome {}
}
