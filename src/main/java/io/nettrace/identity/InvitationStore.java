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
  private static final String PUT =
      """
      insert into platform.invitations
        (id, tenant_id, email, email_key, role, invited_by, created_at, expires_at)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (tenant_id, email_key) do update set id = excluded.id, email = excluded.email,
        role = excluded.role, invited_by = excluded.invited_by,
        created_at = excluded.created_at, expires_at = excluded.expires_at
      """;

  /** In the place of an older one to the same address, whose link is worth nothing then. */
  void put(Connection transaction, Invitation invitation) throws SQLException {
    Sql.of(
            PUT,
            invitation.id(),
            invitation.tenantId(),
            invitation.email().text(),
            invitation.email().key(),
            invitation.role(),
            invitation.invitedBy(),
            invitation.createdAt(),
            invitation.expiresAt())
        .update(transaction);
  }

  Optional<Invitation> find(Connection connection, UUID id) throws SQLException {
    return Sql.of(COLUMNS + "where id = ?", id).first(connection, InvitationStore::invitation);
  }

  List<Invitation> list(Connection connection, UUID tenantId, Instant now) throws SQLException {
    return Sql.of(COLUMNS + "where tenant_id = ? and expires_at > ? order by id", tenantId, now)
        .all(connection, InvitationStore::invitation);
  }

  /** Whoever removes it first has it. */
  Optional<Invitation> take(Connection transaction, UUID id) throws SQLException {
    Optional<Invitation> invitation =
        Sql.of(COLUMNS + "where id = ? for update", id)
            .first(transaction, InvitationStore::invitation);
    if (invitation.isPresent()) {
      Sql.of("delete from platform.invitations where id = ?", id).update(transaction);
    }
    return invitation;
  }

  /** Open invitations that a member wrote, the oldest first. */
  List<Invitation> writtenBy(Connection connection, UUID tenantId, UUID writer)
      throws SQLException {
    return Sql.of(COLUMNS + "where tenant_id = ? and invited_by = ? order by id", tenantId, writer)
        .all(connection, InvitationStore::invitation);
  }

  void forgetTenant(Connection transaction, UUID tenantId) throws SQLException {
    Sql.of("delete from platform.invitations where tenant_id = ?", tenantId).update(transaction);
    Sql.of("delete from platform.one_time_tokens where tenant_id = ?", tenantId)
        .update(transaction);
  }

  int forgetOld(Connection connection, Instant before) throws SQLException {
    return Sql.of("delete from platform.invitations where expires_at < ?", before)
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
