package io.nettrace.identity;

/** What somebody may do for a tenant. */
public enum Permission {
  READ_MEASUREMENTS,
  ORDER_EXPORTS,
  MANAGE_TARGETS,
  READ_USAGE,
  READ_TENANT,
  MANAGE_TENANT,
  READ_MEMBERS,
  MANAGE_MEMBERS,
  MANAGE_KEYS,
  MANAGE_BILLING,
  READ_EVIDENCE,
  EXPORT_TENANT,
  DELETE_TENANT
}
