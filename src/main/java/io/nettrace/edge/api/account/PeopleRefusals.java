package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.Bodies;
import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.edge.api.http.RefusalException;
import io.nettrace.identity.Role;
import io.nettrace.platform.problem.Problem;
import io.nettrace.platform.problem.Problem.FieldError;
import java.util.List;

/** Why a tenant's people stay as they are. */
final class PeopleRefusals {
  private PeopleRefusals() {}

  static RefusalException notAllowed() {
    return refusal(
        403,
        "role-too-low",
        "Only an owner makes, changes and removes owners, and your role must allow managing"
            + " members; ask an owner.");
  }

  static RefusalException lastOwner() {
    return refusal(
        409, "last-owner", "A tenant always has an owner; make somebody else one first.");
  }

  static RefusalException unknownMember() {
    return refusal(
        404, "unknown-member", "Your tenant has no such member; GET /api/v1/members lists them.");
  }

  static RefusalException unknownInvitation() {
    return refusal(
        404,
        "unknown-invitation",
        "Your tenant has no such invitation open; GET /api/v1/invitations lists them.");
  }

  static RefusalException alreadyMember() {
    return refusal(
        409,
        "already-member",
        "They belong to your tenant; change their role with PATCH /api/v1/members/{account_id}.");
  }

  static RefusalException tooManyInvitations(int most) {
    return refusal(
        409,
        "too-many-invitations",
        "At most %d invitations are open at the same time; take one back first.".formatted(most));
  }

  /** The role that a word names. */
  static Role role(String word) {
    return ConstantNames.find(Role.class, word)
        .orElseThrow(
            () ->
                Bodies.refused(
                    List.of(
                        new FieldError(
                            "role",
                            "must be one of "
                                + String.join(", ", ConstantNames.all(Role.class))))));
  }

  private static RefusalException refusal(int status, String type, String detail) {
    return new RefusalException(Problem.of(type, "The people stay as they are", status, detail));
  }
}
