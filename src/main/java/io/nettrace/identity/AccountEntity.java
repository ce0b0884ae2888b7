package io.nettrace.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.DynamicUpdate;
import org.jspecify.annotations.Nullable;

/** A row of platform.accounts. */
@DynamicUpdate // what others changed meanwhile is left as it is
@Entity(name = "Account")
@Table(name = "accounts", schema = "platform")
class AccountEntity {
  @Id private UUID id = new UUID(0, 0);
  private String email = "";

  @Column(name = "email_key")
  private String emailKey = "";

  private String name = "";

  @Column(name = "created_at")
  private Instant createdAt = Instant.EPOCH;

  @Column(name = "verified_at")
  private @Nullable Instant verifiedAt;

  @Column(name = "password_hash")
  private String passwordHash = "";

  @Column(name = "password_stands_alone")
  private boolean passwordStandsAlone;

  @Column(name = "password_changed_at")
  private Instant passwordChangedAt = Instant.EPOCH;

  /** For Hibernate. */
  protected AccountEntity() {}

  void change(EmailAddress address) {
    email = address.text();
    emailKey = address.key();
  }

  void change(PasswordHash password, Instant now) {
    passwordHash = password.text();
    passwordStandsAlone = password.standsAlone();
    passwordChangedAt = now;
  }

  StoredAccount stored() {
    return new StoredAccount(
        new Account(
            id, new EmailAddress(email), new PersonName(name), createdAt, verifiedAt != null),
        new PasswordHash(passwordHash, passwordStandsAlone));
  }
}
