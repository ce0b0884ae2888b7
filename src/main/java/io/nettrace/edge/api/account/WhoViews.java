package io.nettrace.edge.api.account;

import io.nettrace.edge.api.http.ConstantNames;
import io.nettrace.identity.Members;
import io.nettrace.identity.Membership;
import io.nettrace.identity.Session;
import io.nettrace.identity.SessionVerdict;
import io.nettrace.identity.Sessions;
import io.nettrace.plan.Plan;
import io.nettrace.plan.TenantPlans;
import io.nettrace.platform.Service;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what a session is worth. */
@Service
class WhoViews {
  private final Sessions sessions;
  private final Members members;
  private final Tenants tenants;
  private final TenantPlans plans;

  @Inject
  WhoViews(Sessions sessions, Members members, Tenants tenants, TenantPlans plans) {
    this.sessions = sessions;
    this.members = members;
    this.tenants = tenants;
    this.plans = plans;
  }

  /** Of the session that has just begun under {@code token}, which the view holds. */
  WhoView begun(String token) {
    return switch (sessions.verify(token)) {
      case SessionVerdict.Live(Session session) -> view(session, token);
      case SessionVerdict.Expired _, SessionVerdict.Unknown _ -> throw SignInRefusals.over();
    };
  }

  /** Of a session as it is now, not as it was when the request came in. */
  WhoView now(Session session) {
    return view(fresh(session), null);
  }

  private Session fresh(Session session) {
    return sessions.list(session.accountId()).stream()
        .filter(one -> one.id().equals(session.id()))
        .findFirst()
        .orElseThrow(SignInRefusals::over);
  }

  private WhoView view(Session session, @Nullable String token) {
    List<OwnTenantView> own =
        members.of(session.accountId()).stream().flatMap(this::tenant).toList();
    Optional<UUID> acting = session.tenantId();
    return new WhoView(
        token,
        session.id(),
        PersonView.of(session),
        own.stream().filter(one -> acting.equals(Optional.of(one.id()))).findFirst().orElse(null),
        acting.map(plans::of).map(Plan::name).orElse(null),
        session.permissions().stream().map(ConstantNames::of).sorted().toList(),
        own,
        session.secondFactor(),
        session.secondFactorMissing(),
        session.createdAt(),
        session.steppedUpAt().plus(Session.STEP_UP_LIFE));
  }

  private Stream<OwnTenantView> tenant(Membership membership) {
    Optional<Tenant> tenant = tenants.find(membership.tenantId());
    return tenant.map(one -> OwnTenantView.of(one, membership.role())).stream();
  }
}
