package io.nettrace.edge.portal.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Guarded;
import io.nettrace.edge.portal.Guarded.Form;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.PageNotFoundException;
import io.nettrace.edge.portal.PagedList;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.Members;
import io.nettrace.identity.Role;
import io.nettrace.identity.Sessions;
import io.nettrace.plan.TenantPlans;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantState;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.util.List;

/** The tenants that a person belongs to, and for which one they act. */
@Page
public class TenantsPage {
  private static final int PER_PAGE = 50;

  @Inject Members members;
  @Inject Tenants tenants;
  @Inject TenantPlans plans;
  @Inject Sessions sessions;
  @Inject Visit visit;
  @Inject FormInput input;

  /** One of them. */
  public record Row(
      String slug, String name, String role, String plan, String state, boolean current) {}

  private record Belonging(Tenant tenant, Role role) {}

  @Guarded(forms = {@Form(value = "switch", needs = Action.SWITCH_TENANT)})
  public void act() {
    if (input.wish().equals("switch")) {
      Tenant tenant = tenants.bySlug(input.get("slug")).orElseThrow(PageNotFoundException::new);
      if (!sessions.switchTo(visit.person(), tenant.id())) {
        throw new PageNotFoundException();
      }
      FormResponse.go(PortalPage.OVERVIEW.address());
    }
  }

  @Once
  public PagedList<Row> rows() {
    List<Belonging> all =
        members.of(visit.person().accountId()).stream()
            .flatMap(
                membership ->
                    tenants.find(membership.tenantId()).stream()
                        .filter(tenant -> tenant.state() != TenantState.DELETED)
                        .map(tenant -> new Belonging(tenant, membership.role())))
            .toList();
    return PagedList.numbered(
            all, PER_PAGE, PageAddress.to(PortalPage.TENANTS.address()), "page", input)
        .map(this::row);
  }

  private Row row(Belonging belonging) {
    Tenant tenant = belonging.tenant();
    return new Row(
        tenant.slug(),
        tenant.name(),
        DisplayFormat.word(belonging.role()),
        plans.of(tenant.id()).title(),
        DisplayFormat.word(tenant.state()),
        visit.tenant().filter(tenant::equals).isPresent());
  }
}
