package io.nettrace.desk;

import static io.nettrace.desk.Rule.ofMember;
import static io.nettrace.desk.Rule.ofOperator;
import static io.nettrace.desk.Rule.ofPerson;
import static io.nettrace.desk.Rule.ofTenant;

import io.nettrace.identity.Permission;
import io.nettrace.plan.Entitlement;

/** Action that a caller may ask for, by whichever door, and what it takes. */
public enum Action {
  /** What is measured, from where and how; what every plan has. */
  READ_MEASUREMENTS(ofTenant(Permission.READ_MEASUREMENTS)),
  READ_LATENCY(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.LATENCY)),
  READ_HISTORY(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.HISTORY)),
  COMPARE(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.COMPARE)),
  RANK(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.RANKINGS)),
  READ_ROUTES(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.ROUTES)),
  READ_CHANGES(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.CHANGES)),
  DOWNLOAD_MEASUREMENTS(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.FILE_EXPORT)),

  READ_EXPORTS(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.BULK_EXPORT)),
  ORDER_EXPORT(ofTenant(Permission.ORDER_EXPORTS).with(Entitlement.BULK_EXPORT)),
  CANCEL_EXPORT(ofTenant(Permission.ORDER_EXPORTS).with(Entitlement.BULK_EXPORT)),

  READ_OWN_TARGETS(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.CUSTOM_TARGETS)),
  MANAGE_OWN_TARGETS(ofTenant(Permission.MANAGE_TARGETS).with(Entitlement.CUSTOM_TARGETS)),
  READ_WATCH_LISTS(ofTenant(Permission.READ_MEASUREMENTS).with(Entitlement.WATCH_LISTS)),
  MANAGE_WATCH_LISTS(ofTenant(Permission.MANAGE_TARGETS).with(Entitlement.WATCH_LISTS)),

  READ_KEYS(ofTenant(Permission.MANAGE_KEYS)),
  ISSUE_KEY(ofTenant(Permission.MANAGE_KEYS).person().stepUp()),
  ROTATE_KEY(ofTenant(Permission.MANAGE_KEYS).person().stepUp()),
  REVOKE_KEY(ofTenant(Permission.MANAGE_KEYS).person()),
  /** After {@link #REVOKE_KEY}, for a key that another person made. */
  REVOKE_KEY_OF_ANOTHER(ofTenant(Permission.MANAGE_KEYS).person().stepUp()),

  READ_MEMBERS(ofTenant(Permission.READ_MEMBERS).person().whileSuspended()),
  INVITE_MEMBER(ofTenant(Permission.MANAGE_MEMBERS).person().stepUp()),
  WITHDRAW_INVITATION(ofTenant(Permission.MANAGE_MEMBERS).person()),
  CHANGE_ROLE(ofTenant(Permission.MANAGE_MEMBERS).person().stepUp()),
  REMOVE_MEMBER(ofTenant(Permission.MANAGE_MEMBERS).person().stepUp()),
  LEAVE_TENANT(ofMember()),

  READ_USAGE(ofTenant(Permission.READ_USAGE).whileSuspended()),
  READ_TENANT(ofTenant(Permission.READ_TENANT).whileSuspended()),
  READ_SETTINGS(ofTenant(Permission.READ_TENANT).person().whileSuspended()),
  RENAME_TENANT(ofTenant(Permission.MANAGE_TENANT).person()),
  CHANGE_SETTINGS(ofTenant(Permission.MANAGE_TENANT).person()),
  READ_SESSION_POLICY(ofTenant(Permission.MANAGE_TENANT).person()),
  CHANGE_SESSION_POLICY(ofTenant(Permission.MANAGE_TENANT).person().stepUp()),
  EXPORT_TENANT(ofTenant(Permission.EXPORT_TENANT).person().stepUp().whileSuspended()),
  DELETE_TENANT(ofTenant(Permission.DELETE_TENANT).person().stepUp().whileSuspended()),
  RESTORE_TENANT(ofTenant(Permission.DELETE_TENANT).person().stepUp().whileSuspended()),

  READ_ACCOUNT(ofPerson()),
  CHANGE_NAME(ofPerson()),
  /** Takes the password that holds now, so no other proof. */
  CHANGE_PASSWORD(ofPerson()),
  CHANGE_EMAIL(ofPerson().stepUp()),
  CHANGE_FACTORS(ofPerson().stepUp()),
  RENEW_RECOVERY_CODES(ofPerson().stepUp()),
  END_SESSION(ofPerson()),
  SWITCH_TENANT(ofPerson()),
  STEP_UP(ofPerson()),

  /** Looking at what runs the installation. */
  OPERATE(ofOperator()),
  /** Changing anything there. */
  CHANGE_OPERATION(ofOperator().stepUp());

  @SuppressWarnings("ImmutableEnumChecker") // a record of enums and booleans
  private final Rule rule;

  Action(Rule rule) {
    this.rule = rule;
  }

  /** What it takes. */
  public Rule rule() {
    return rule;
  }
}
