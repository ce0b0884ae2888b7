package io.nettrace.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A change that is worth proving later: what was done to what, in a few words.
 *
 * @param tenantId whose it is; empty for what concerns the installation
 * @param subject identifier of what was changed
 * @param details further facts by name; no secret, and nothing that the tenant's own database is to
 *     keep to itself
 */
public record AuditEntry(
    AuditType type, Optional<UUID> tenantId, String subject, Map<String, String> details) {
  public AuditEntry {
    details = Map.copyOf(details);
  }

  public static AuditEntry of(AuditType type, UUID tenantId, String subject) {
    return new AuditEntry(type, Optional.of(tenantId), subject, Map.of());
  }

  /** One that concerns the installation as a whole, or a person without a tenant. */
  public static AuditEntry ofInstallation(AuditType type, String subject) {
    return new AuditEntry(type, Optional.empty(), subject, Map.of());
  }

  public AuditEntry with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(details);
    more.put(name, String.valueOf(value));
    return new AuditEntry(type, tenantId, subject, more);
  }
}
