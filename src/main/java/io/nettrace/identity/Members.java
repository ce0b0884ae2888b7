package io.nettrace.identity;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.mail.Outbox;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Who belongs to which tenant, and as what. */
@Service
public class Members {
  private final Database database;
  private final Sessions sessions;
  private final TenantPolicies policies;
  private final InvitationStore invitations;
  private final LockOuts lockOuts;
  private final Outbox outbox;
  private final Clock clock;

  @Inject
  Members(
      Database database,
      Sessions sessions,
      TenantPolicies policies,
      InvitationStore invitations,
      LockOuts lockOuts,
      Outbox outbox,
      Clock clock) {
    this.database = database;
    this.sessions = sessions;
    this.policies = policies;
    this.invitations = invitations;
    this.lockOuts = lockOuts;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** Makes a person a member, in the caller's transaction; false when they are one already. */
  public boolean add(Tx tx, UUID tenantId, UUID accountId, Role role) throws SQLException {
    return MemberStore.add(tx, tenantId, accountId, role, clock.instant());
  }

  /** Members of a tenant, in the order in which they joined. */
  public List<Member> list(UUID tenantId) {
    return database.run(connection -> MemberStore.list(connection, tenantId));
  }

  /** What a person is for a tenant; empty when nothing. */
  public Optional<Role> role(UUID tenantId, UUID accountId) {
    return database.transaction(tx -> MemberStore.role(tx, tenantId, accountId));
  }

  /** The tenants of a person, in the order in which they joined. */
  public List<Membership> of(UUID accountId) {
    return database.transaction(tx -> MemberStore.of(tx, accountId));
  }

  /** {@code actor} gives a member another role. */
  public MemberOutcome changeRole(UUID tenantId, UUID actor, UUID accountId, Role role) {
    return database.transaction(
        tx -> {
          Map<UUID, Role> roles = MemberStore.lock(tx, tenantId, actor, accountId);
          MemberOutcome outcome = managed(roles, actor, accountId, Optional.of(role));
          if (outcome instanceof MemberOutcome.Done) {
            MemberStore.setRole(tx, tenantId, accountId, role);
            return withdrawn(tx, tenantId, accountId, Optional.of(role));
          }
          return outcome;
        });
  }

  /** {@code actor} removes a member; their sessions go on, but not for this tenant. */
  public MemberOutcome remove(UUID tenantId, UUID actor, UUID accountId) {
    return database.transaction(
        tx -> {
          Map<UUID, Role> roles = MemberStore.lock(tx, tenantId, actor, accountId);
          MemberOutcome outcome = managed(roles, actor, accountId, Optional.empty());
          return removed(tx, tenantId, accountId, outcome);
        });
  }

  /** A member goes by themselves. */
  public MemberOutcome leave(UUID tenantId, UUID accountId) {
    return database.transaction(
        tx -> {
          Map<UUID, Role> roles = MemberStore.lock(tx, tenantId, accountId);
          return removed(tx, tenantId, accountId, withoutOwner(roles, accountId));
        });
  }

  /**
   * Removes everything of a tenant's people, in the caller's transaction: members, invitations,
   * policy, mail, and those accounts that belong to no other tenant, with all that is theirs.
   */
  public void forgetTenant(Tx tx, UUID tenantId) throws SQLException {
    List<UUID> orphans = MemberStore.onlyHere(tx, tenantId);
    MemberStore.removeAll(tx, tenantId);
    invitations.forgetTenant(tx, tenantId);
    policies.forget(tx.connection(), tenantId);
    sessions.leave(tx.connection(), tenantId, Optional.empty());
    outbox.forgetTenant(tx, tenantId);
    for (UUID orphan : orphans) {
      forget(tx, orphan);
    }
  }

  private void forget(Tx tx, UUID accountId) throws SQLException {
    EmailAddress email = AccountStore.lock(tx, accountId).orElseThrow().account().email();
    sessions.revokeAll(tx.connection(), accountId);
    lockOuts.forget(tx.connection(), email);
    outbox.forgetRecipient(tx, email.text());
    AccountStore.remove(tx, accountId);
  }

  private MemberOutcome removed(Tx tx, UUID tenantId, UUID accountId, MemberOutcome outcome)
      throws SQLException {
    if (outcome instanceof MemberOutcome.Done) {
      MemberStore.remove(tx, tenantId, accountId);
      sessions.leave(tx.connection(), tenantId, Optional.of(accountId));
      return withdrawn(tx, tenantId, accountId, Optional.empty());
    }
    return outcome;
  }

  /** Invitations fall with their writer's right to write them. */
  private MemberOutcome withdrawn(Tx tx, UUID tenantId, UUID writer, Optional<Role> role) {
    List<Invitation> fallen =
        invitations.writtenBy(tx, tenantId, writer).stream()
            .filter(one -> !role.map(it -> it.mayManage(one.role())).orElse(false))
            .toList();
    for (Invitation one : fallen) {
      Optional<Invitation> _ = invitations.take(tx, one.id());
    }
    Instant now = clock.instant();
    return new MemberOutcome.Done(
        fallen.stream().filter(one -> one.expiresAt().isAfter(now)).toList());
  }

  /**
   * Whether {@code actor} may turn a member into something else.
   *
   * @param future empty when they are to be removed
   */
  private static MemberOutcome managed(
      Map<UUID, Role> roles, UUID actor, UUID accountId, Optional<Role> future) {
    Role acting = roles.get(actor);
    Role present = roles.get(accountId);
    if (acting == null || !acting.permissions().contains(Permission.MANAGE_MEMBERS)) {
      return new MemberOutcome.NotAllowed();
    }
    if (present == null) {
      return new MemberOutcome.Unknown();
    }
    if (!acting.mayManage(present) || !future.map(acting::mayManage).orElse(true)) {
      return new MemberOutcome.NotAllowed();
    }
    return future.equals(Optional.of(Role.OWNER))
        ? new MemberOutcome.Done()
        : withoutOwner(roles, accountId);
  }

  /** Whether there is an owner left when {@code accountId} is none any more. */
  private static MemberOutcome withoutOwner(Map<UUID, Role> roles, UUID accountId) {
    Role present = roles.get(accountId);
    if (present == null) {
      return new MemberOutcome.Unknown();
    }
    boolean others =
        roles.entrySet().stream()
            .anyMatch(it -> it.getValue() == Role.OWNER && !it.getKey().equals(accountId));
    return present != Role.OWNER || others
        ? new MemberOutcome.Done()
        : new MemberOutcome.LastOwner();
  }
}
