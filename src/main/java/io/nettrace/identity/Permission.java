package io.nettrace.identity;

/** What somebody, or a key, may do in a tenant. */
public enum Permission {
  /** Read the latest measurements, history and routes. */
  READ_MEASUREMENTS,
  /** Order files of measurements, fetch them, and cancel the orders. */
  ORDER_EXPORTS,
  /** Add, change and remove the tenant's own targets. */
  MANAGE_TARGETS,
  /** See how much of the plan was used. */
  READ_USAGE,
  /** See the tenant's name, plan and settings. */
  READ_TENANT,
  /** Change the tenant's name and settings. */
  MANAGE_TENANT,
  /** See who belongs to the tenant. */
  READ_MEMBERS,
  /** Invite and remove members, and say what they may do. */
  MANAGE_MEMBERS,
  /** Issue, rotate and withdraw keys to the API. */
  MANAGE_KEYS,
  /** Change the plan and see what is paid. */
  MANAGE_BILLING,
  /** Read the record of who did what, and its proofs. */
  READ_EVIDENCE,
  /** Take away everything that is held of the tenant. */
  EXPORT_TENANT,
  /** Have the tenant deleted. */
  DELETE_TENANT
}
