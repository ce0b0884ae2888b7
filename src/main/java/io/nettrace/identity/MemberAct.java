package io.nettrace.identity;

import io.nettrace.platform.AuditType;

/** What is done to the members of a tenant; the subject is the account, or the invitation. */
enum MemberAct implements AuditType {
  INVITED("member.invited"),
  INVITATION_WITHDRAWN("invitation.withdrawn"),
  ADDED("member.added"),
  JOINED("member.joined"),
  ROLE_CHANGED("member.role-changed"),
  REMOVED("member.removed"),
  LEFT("member.left"),
  POLICY_CHANGED("tenant.session-policy-changed");

  private final String type;

  MemberAct(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }
}
