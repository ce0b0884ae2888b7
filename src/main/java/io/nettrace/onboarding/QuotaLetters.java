package io.nettrace.onboarding;

import io.nettrace.identity.Member;
import io.nettrace.identity.Members;
import io.nettrace.identity.Role;
import io.nettrace.plan.QuotaReached;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.DatabaseReady;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.Tx;
import io.nettrace.platform.event.EventConsumers;
import io.nettrace.platform.event.EventTypes;
import io.nettrace.platform.event.KeptEvent;
import io.nettrace.platform.mail.Mail;
import io.nettrace.platform.mail.Occasion;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.Purpose;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** Tells the owners and administrators of a tenant that its calls of a day run out. */
@Service
public class QuotaLetters {
  private static final Set<Role> READERS = Set.of(Role.OWNER, Role.ADMIN);

  private final EventConsumers consumers;
  private final Tenants tenants;
  private final TenantPlans plans;
  private final Members members;
  private final Outbox outbox;
  private final PublicAddress address;

  @Inject
  QuotaLetters(
      EventConsumers consumers,
      Tenants tenants,
      TenantPlans plans,
      Members members,
      Outbox outbox,
      PublicAddress address) {
    this.consumers = consumers;
    this.tenants = tenants;
    this.plans = plans;
    this.members = members;
    this.outbox = outbox;
    this.address = address;
  }

  void begin(@Observes DatabaseReady ready) {
    consumers.consume("quota-letters", EventTypes.of(QuotaReached.class), this::write);
  }

  private void write(Tx tx, KeptEvent event) throws SQLException {
    write(tx, event.as(QuotaReached.class));
  }

  private void write(Tx tx, QuotaReached reached) throws SQLException {
    Optional<Tenant> tenant = tenants.find(reached.tenantId());
    if (tenant.isEmpty()) {
      return;
    }
    boolean unlimited = plans.of(reached.tenantId()).unlimited();
    for (Member member : members.list(reached.tenantId())) {
      if (READERS.contains(member.role())) {
        Mail letter = QuotaLetter.to(member.email(), tenant.get(), reached, unlimited, address);
        outbox.add(tx, Occasion.of(Purpose.QUOTA_NOTICE).ofTenant(reached.tenantId()), letter);
      }
    }
  }
}
