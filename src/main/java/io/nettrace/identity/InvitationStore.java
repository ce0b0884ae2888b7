package io.nettrace.identity;

import io.nettrace.platform.Columns;
import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table platform.invitations. */
@Service
class InvitationStore {
  private static final String COLUMNS =
      "select id, tenant_id, email, role, invited_by, created_at, expires_at"
          + " from platform.invitations ";
  private static final Sql PUT =
      Sql.of(
          """
          insert into platform.invitations
            (id, tenant_id, email, email_key, role, invited_by, created_at, expires_at)
          values (:id, :tenant_id, :email, :email_key, :role, :invited_by, :created_at, :expires_at)
          on conflict (tenant_id, email_key) do update set id = excluded.id, email = excluded.email,
            role = excluded.role, invited_by = excluded.invited_by,
            created_at = excluded.created_at, expires_at = excluded.expires_at
          """);

  /** In the place of an older one to the same address, whose link is worth nothing then. */
  void put(Connection transaction, Invitation invitation) throws SQLException {
    PUT.bind("id", invitation.id())
        .bind("tenant_id", invitation.tenantId())
        .bind("email", invitation.email().text())
        .bind("email_key", invitation.email().key())
        .bind("role", invitation.role())
        .bind("invited_by", invitation.invitedBy())
        .bind("created_at", invitation.createdAt())
        .bind("expires_at", invitation.expiresAt())
        .update(transaction);
  }

  Optional<Invitation> find(Connection connection, UUID id) throws SQLException {
    return Sql.of(COLUMNS + "where id = :id")
        .bind("id", id)
        .first(connection, InvitationStore::invitation);
  }

  List<Invitation> list(Connection connection, UUID tenantId, Instant now) throws SQLException {
    return Sql.of(COLUMNS + "where tenant_id = :tenant_id and expires_at > :now order by id")
        .bind("tenant_id", tenantId)
        .bind("now", now)
        .all(connection, InvitationStore::invitation);
  }

  /** Whoever removes it first has it. */
  Optional<Invitation> take(Connection transaction, UUID id) throws SQLException {
    Optional<Invitation> invitation =
        Sql.of(COLUMNS + "where id = :id for update")
            .bind("id", id)
            .first(transaction, InvitationStore::invitation);
    if (invitation.isPresent()) {
      Sql.of("delete from platform.invitations where id = :id").bind("id", id).update(transaction);
    }
    return invitation;
  }

  /** Open invitations that a member wrote, the oldest first. */
  List<Invitation> writtenBy(Connection connection, UUID tenantId, UUID writer)
      throws SQLException {
    return Sql.of(COLUMNS + "where tenant_id = :tenant_id and invited_by = :invited_by order by id")
        .bind("tenant_id", tenantId)
        .bind("invited_by", writer)
        .all(connection, InvitationStore::invitation);
  }

  void forgetTenant(Connection transaction, UUID tenantId) throws SQLException {
    Sql.of("delete from platform.invitations where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(transaction);
    Sql.of("delete from platform.one_time_tokens where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(transaction);
  }

  int forgetOld(Connection connection, Instant before) throws SQLException {
    return Sql.of("delete from platform.invitations where expires_at < :before")
        .bind("before", before)
        .update(connection);
  }

  private static Invitation invitation(ResultSet row) throws SQLException {
    return new Invitation(
        row.getObject("id", UUID.class),
        row.getObject("tenant_id", UUID.class),
        new EmailAddress(row.getString("email")),
        Role.valueOf(row.getString("role")),
        Optional.ofNullable(row.getObject("invited_by", UUID.class)),
        Columns.time(row, "created_at"),
        Columns.time(row, "expires_at"));
  }
}
