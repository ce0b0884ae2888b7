package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.Refusal;
import io.nettrace.edge.api.http.Words;
import io.nettrace.identity.Role;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import java.util.List;

/** Why a tenant's people stay as they are. */
final class PeopleRefusals {
  private PeopleRefusals() {}

  static Refusal notAllowed() {
    return refusal(
        403,
        "role-too-low",
        "Only an owner makes, changes and removes owners, and your role must allow managing"
            + " members; ask an owner.");
  }

  static Refusal lastOwner() {
    return refusal(
        409, "last-owner", "A tenant always has an owner; make somebody else one first.");
  }

  static Refusal unknownMember() {
    return refusal(
        404, "unknown-member", "Your tenant has no such member; GET /api/v1/members lists them.");
  }

  static Refusal unknownInvitation() {
    return refusal(
        404,
        "unknown-invitation",
        "Your tenant has no such invitation open; GET /api/v1/invitations lists them.");
  }

  static Refusal alreadyMember() {
    return refusal(
        409,
        "already-member",
        "They belong to your tenant; change their role with PATCH /api/v1/members/{account_id}.");
  }

  static Refusal tooManyInvitations(int most) {
    return refusal(
        409,
        "too-many-invitations",
        "At most %d invitations are open at the same time; take one back first.".formatted(most));
  }

  /** The role that a word names. */
  static Role role(String word) {
    return Words.find(Role.class, word)
        .orElseThrow(
            () ->
                Bodies.refused(
                    List.of(
                        new FieldError(
                            "role",
                            "must be one of " + String.join(", ", Words.all(Role.class))))));
  }

  private static Refusal refusal(int status, String type, String detail) {
    return new Refusal(Problem.of(type, "The people stay as they are", status, detail));
  }
}
