package io.nettrace.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;

/** A row of platform.members. */
@DynamicUpdate // what others changed meanwhile is left as it is
@Entity(name = "Member")
@Table(name = "members", schema = "platform")
@IdClass(MemberEntity.Key.class)
class MemberEntity {
  @Id
  @Column(name = "tenant_id")
  private UUID tenantId = new UUID(0, 0);

  @Id
  @Column(name = "account_id")
  private UUID accountId = new UUID(0, 0);

  @Enumerated(EnumType.STRING)
  private Role role = Role.VIEWER;

  @SuppressWarnings("UnusedVariable") // queries name it
  private Instant since = Instant.EPOCH;

  /** A person in a tenant. */
  record Key(UUID tenantId, UUID accountId) {}

  /** For Hibernate. */
  protected MemberEntity() {}

  UUID accountId() {
    return accountId;
  }

  Role role() {
    return role;
  }

  void change(Role to) {
    role = to;
  }

  Membership membership() {
    return new Membership(tenantId, role);
  }
}
