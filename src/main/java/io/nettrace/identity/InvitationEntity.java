package io.nettrace.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of platform.invitations. */
@Entity(name = "Invitation")
@Table(name = "invitations", schema = "platform")
class InvitationEntity {
  @Id private UUID id = new UUID(0, 0);

  @Column(name = "tenant_id")
  private UUID tenantId = new UUID(0, 0);

  private String email = "";

  @Column(name = "email_key")
  private String emailKey = "";

  @Enumerated(EnumType.STRING)
  private Role role = Role.VIEWER;

  @Column(name = "invited_by")
  private @Nullable UUID invitedBy;

  @Column(name = "created_at")
  private Instant createdAt = Instant.EPOCH;

  @Column(name = "expires_at")
  private Instant expiresAt = Instant.EPOCH;

  /** For Hibernate. */
  protected InvitationEntity() {}

  static InvitationEntity of(Invitation invitation) {
    InvitationEntity entity = new InvitationEntity();
    entity.id = invitation.id();
    entity.tenantId = invitation.tenantId();
    entity.email = invitation.email().text();
    entity.emailKey = invitation.email().key();
    entity.role = invitation.role();
    entity.invitedBy = invitation.invitedBy().orElse(null);
    entity.createdAt = invitation.createdAt();
    entity.expiresAt = invitation.expiresAt();
    return entity;
  }

  Invitation invitation() {
    return new Invitation(
        id,
        tenantId,
        new EmailAddress(email),
        role,
        Optional.ofNullable(invitedBy),
        createdAt,
        expiresAt);
  }
}
