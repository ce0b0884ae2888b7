package io.nettrace.identity;

import io.nettrace.platform.Actor;
import io.nettrace.platform.AuditEntry;
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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Who belongs to which tenant, and as what. */
@Service
public class Members {
  private static final Actor DELETION = new Actor.System("deletion");

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
  public boolean add(Actor by, Tx tx, UUID tenantId, UUID accountId, Role role)
      throws SQLException {
    boolean added = MemberStore.add(tx, tenantId, accountId, role, clock.instant());
    if (added) {
      tx.audit(by, entry(MemberAct.ADDED, tenantId, accountId).with("role", role));
    }
    return added;
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

  /** Gives a member another role. */
  public MemberOutcome changeRole(Actor.Person by, UUID tenantId, UUID accountId, Role role) {
    return database.transaction(
        tx -> {
          Map<UUID, Role> roles = MemberStore.lock(tx, tenantId, by.accountId(), accountId);
          MemberOutcome outcome = managed(roles, by.accountId(), accountId, Optional.of(role));
          if (!(outcome instanceof MemberOutcome.Done)) {
            return outcome;
          }
          Role before = Objects.requireNonNull(roles.get(accountId));
          if (before != role) {
            MemberStore.setRole(tx, tenantId, accountId, role);
            tx.audit(
                by,
                entry(MemberAct.ROLE_CHANGED, tenantId, accountId)
                    .with("before", before)
                    .with("role", role));
          }
          return withdrawn(by, tx, tenantId, accountId, Optional.of(role));
        });
  }

  /** Removes a member; their sessions go on, but not for this tenant. */
  public MemberOutcome remove(Actor.Person by, UUID tenantId, UUID accountId) {
    return database.transaction(
        tx -> {
          Map<UUID, Role> roles = MemberStore.lock(tx, tenantId, by.accountId(), accountId);
          MemberOutcome outcome = managed(roles, by.accountId(), accountId, Optional.empty());
          return removed(by, tx, tenantId, accountId, MemberAct.REMOVED, outcome);
        });
  }

  /** A member goes by themselves. */
  public MemberOutcome leave(Actor.Person by, UUID tenantId) {
    UUID accountId = by.accountId();
    return database.transaction(
        tx -> {
          Map<UUID, Role> roles = MemberStore.lock(tx, tenantId, accountId);
          MemberOutcome outcome = withoutOwner(roles, accountId);
          return removed(by, tx, tenantId, accountId, MemberAct.LEFT, outcome);
        });
  }

  /**
   * Removes everything of a tenant's people, in the caller's transaction: members, invitations,
   * policy, mail, and those accounts that belong to no other tenant, with all that is theirs.
   */
  void forgetTenant(Tx tx, UUID tenantId) throws SQLException {
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
    tx.audit(DELETION, AuditEntry.ofInstallation(PersonAct.ACCOUNT_REMOVED, accountId.toString()));
  }

  private MemberOutcome removed(
      Actor by, Tx tx, UUID tenantId, UUID accountId, MemberAct act, MemberOutcome outcome)
      throws SQLException {
    if (outcome instanceof MemberOutcome.Done) {
      MemberStore.remove(tx, tenantId, accountId);
      sessions.leave(tx.connection(), tenantId, Optional.of(accountId));
      tx.audit(by, entry(act, tenantId, accountId));
      return withdrawn(by, tx, tenantId, accountId, Optional.empty());
    }
    return outcome;
  }

  private static AuditEntry entry(MemberAct act, UUID tenantId, UUID accountId) {
    return AuditEntry.of(act, tenantId, accountId.toString());
  }

  /** Invitations fall with their writer's right to write them. */
  private MemberOutcome withdrawn(Actor by, Tx tx, UUID tenantId, UUID writer, Optional<Role> role)
      throws SQLException {
    List<Invitation> fallen =
        invitations.writtenBy(tx, tenantId, writer).stream()
            .filter(one -> !role.map(it -> it.mayManage(one.role())).orElse(false))
            .toList();
    for (Invitation one : fallen) {
      if (invitations.take(tx, one.id()).isPresent()) {
        tx.audit(
            by,
            AuditEntry.of(MemberAct.INVITATION_WITHDRAWN, tenantId, one.id().toString())
                .with("role", one.role()));
      }
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
