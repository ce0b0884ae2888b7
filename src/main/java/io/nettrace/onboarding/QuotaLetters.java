package io.nettrace.onboarding;

import io.nettrace.identity.EmailAddress;
import io.nettrace.identity.Member;
import io.nettrace.identity.Members;
import io.nettrace.identity.Role;
import io.nettrace.plan.QuotaReached;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Database;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Service;
import io.nettrace.platform.mail.Mail;
import io.nettrace.platform.mail.Occasion;
import io.nettrace.platform.mail.Outbox;
import io.nettrace.platform.mail.Purpose;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the people who can do something about it that a tenant's calls of a day run out. The letter
 * is only put into the outbox here, for this is called between two reports of usage.
 */
@Service
public class QuotaLetters {
  private static final Set<Role> READERS = Set.of(Role.OWNER, Role.ADMIN);

  private final Database database;
  private final Tenants tenants;
  private final TenantPlans plans;
  private final Members members;
  private final Outbox outbox;
  private final PublicAddress address;

  @Inject
  QuotaLetters(
      Database database,
      Tenants tenants,
      TenantPlans plans,
      Members members,
      Outbox outbox,
      PublicAddress address) {
    this.database = database;
    this.tenants = tenants;
    this.plans = plans;
    this.members = members;
    this.outbox = outbox;
    this.address = address;
  }

  void write(@Observes QuotaReached reached) {
    Optional<Tenant> tenant = tenants.find(reached.tenantId());
    List<EmailAddress> readers =
        members.list(reached.tenantId()).stream()
            .filter(member -> READERS.contains(member.role()))
            .map(Member::email)
            .toList();
    if (tenant.isEmpty() || readers.isEmpty()) {
      return;
    }
    boolean unlimited = plans.of(reached.tenantId()).unlimited();
    int _ =
        database.transaction(
            tx -> {
              for (EmailAddress reader : readers) {
                Mail letter = QuotaLetter.to(reader, tenant.get(), reached, unlimited, address);
                outbox.add(
                    tx, Occasion.of(Purpose.QUOTA_NOTICE).ofTenant(reached.tenantId()), letter);
              }
              return readers.size();
            });
  }
}
