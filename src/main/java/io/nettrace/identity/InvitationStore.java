package io.nettrace.identity;

import io.nettrace.platform.Service;
import io.nettrace.platform.Sql;
import io.nettrace.platform.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table platform.invitations. */
@Service
class InvitationStore {
  private static final Sql LOCK =
      Sql.of("select pg_advisory_xact_lock(hashtextextended(:invitations_of, 0))");
  private static final String REPLACED =
      "delete from Invitation where tenantId = :tenantId and emailKey = :emailKey";

  /** In the place of an older one to the same address, whose link is worth nothing then. */
  void put(Tx tx, Invitation invitation) throws SQLException {
    boolean _ =
        LOCK.bind("invitations_of", "platform.invitations " + invitation.tenantId())
            .any(tx.connection());
    int _ =
        tx.entities()
            .createMutationQuery(REPLACED)
            .setParameter("tenantId", invitation.tenantId())
            .setParameter("emailKey", invitation.email().key())
            .executeUpdate();
    tx.entities().persist(InvitationEntity.of(invitation));
  }

  Optional<Invitation> find(Tx tx, UUID id) {
    return Optional.ofNullable(tx.entities().find(InvitationEntity.class, id))
        .map(InvitationEntity::invitation);
  }

  List<Invitation> list(Tx tx, UUID tenantId, Instant now) {
    return tx
        .entities()
        .createSelectionQuery(
            "from Invitation where tenantId = :tenantId and expiresAt > :now order by id",
            InvitationEntity.class)
        .setParameter("tenantId", tenantId)
        .setParameter("now", now)
        .getResultList()
        .stream()
        .map(InvitationEntity::invitation)
        .toList();
  }

  /** The first to remove it has it. */
  Optional<Invitation> take(Tx tx, UUID id) {
    Optional<Invitation> found = find(tx, id);
    boolean taken =
        tx.entities()
                .createMutationQuery("delete from Invitation where id = :id")
                .setParameter("id", id)
                .executeUpdate()
            == 1;
    return found.filter(_ -> taken);
  }

  /** Open invitations that a member wrote, the oldest first. */
  List<Invitation> writtenBy(Tx tx, UUID tenantId, UUID writer) {
    return tx
        .entities()
        .createSelectionQuery(
            "from Invitation where tenantId = :tenantId and invitedBy = :writer order by id",
            InvitationEntity.class)
        .setParameter("tenantId", tenantId)
        .setParameter("writer", writer)
        .getResultList()
        .stream()
        .map(InvitationEntity::invitation)
        .toList();
  }

  void forgetTenant(Tx tx, UUID tenantId) throws SQLException {
    int _ =
        tx.entities()
            .createMutationQuery("delete from Invitation where tenantId = :tenantId")
            .setParameter("tenantId", tenantId)
            .executeUpdate();
    Sql.of("delete from platform.one_time_tokens where tenant_id = :tenant_id")
        .bind("tenant_id", tenantId)
        .update(tx.connection());
  }

  int forgetOld(Tx tx, Instant before) {
    return tx.entities()
        .createMutationQuery("delete from Invitation where expiresAt < :before")
        .setParameter("before", before)
        .executeUpdate();
  }
}
