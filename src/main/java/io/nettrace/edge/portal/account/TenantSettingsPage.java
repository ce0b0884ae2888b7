package io.nettrace.edge.portal.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Guarded;
import io.nettrace.edge.portal.Guarded.Form;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.Members;
import io.nettrace.identity.Parsed;
import io.nettrace.identity.PersonName;
import io.nettrace.identity.TenantPolicies;
import io.nettrace.identity.TenantPolicy;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.Tenants;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;

/**
 * The tenant itself: its name, what it demands of sessions, how its readers are answered, its
 * export and its end.
 */
@Page
public class TenantSettingsPage {
  private static final String EXPORT = "/api/v1/tenant/export?format=";

  private static final String MEANWHILE = "That was done already; look at the page again";

  @Inject Tenants tenants;
  @Inject Members members;
  @Inject TenantPolicies policies;
  @Inject ReaderForm readers;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject Clock clock;

  @Guarded(
      forms = {
        @Form(value = "name", needs = Action.RENAME_TENANT),
        @Form(value = "policy", needs = Action.CHANGE_SESSION_POLICY),
        @Form(value = ReaderForm.WISH, needs = Action.CHANGE_SETTINGS),
        @Form(value = "export-csv", needs = Action.EXPORT_TENANT),
        @Form(value = "export-ndjson", needs = Action.EXPORT_TENANT),
        @Form(value = "delete", needs = Action.DELETE_TENANT),
        @Form(value = "restore", needs = Action.RESTORE_TENANT)
      })
  public void act() {
    switch (input.wish()) {
      case "name" -> rename();
      case "policy" -> demand();
      case ReaderForm.WISH -> answerReaders();
      case "export-csv" -> export("csv");
      case "export-ndjson" -> export("ndjson");
      case "delete" -> delete();
      case "restore" -> restore();
      default -> {}
    }
  }

  private void rename() {
    switch (PersonName.parse(input.get("name"))) {
      case Parsed.Valid<PersonName>(PersonName name) -> {
        tenants.rename(visit.actor(), tenant().id(), name.text());
        done("name");
      }
      case Parsed.Invalid<PersonName>(String reason) -> faults.of("name", reason);
    }
  }

  private void demand() {
    Duration idle = minutes("idle", TenantPolicy.LEAST_IDLE, TenantPolicy.MOST_IDLE);
    Duration absolute =
        minutes("absolute", TenantPolicy.LEAST_ABSOLUTE, TenantPolicy.MOST_ABSOLUTE);
    if (!faults.isAny() && idle.compareTo(absolute) > 0) {
      faults.of(
          "idle",
          "it must not be longer than the %d minutes after which a session ends in any case"
              .formatted(absolute.toMinutes()));
    }
    if (faults.isAny()) {
      return;
    }
    if (policies.set(
        visit.actor(), tenant().id(), new TenantPolicy(idle, absolute, input.has("factor")))) {
      done("policy");
    } else {
      faults.whole("These rules cannot be set");
    }
  }

  /** What is typed into a field; told to be wrong unless it is within its bounds. */
  private Duration minutes(String field, Duration least, Duration most) {
    Duration typedIn = Duration.ofMinutes(input.number(field).orElse(0));
    if (typedIn.compareTo(least) < 0 || typedIn.compareTo(most) > 0) {
      faults.of(
          field,
          "it is a whole number from %d to %d".formatted(least.toMinutes(), most.toMinutes()));
    }
    return typedIn;
  }

  private void answerReaders() {
    if (readers.save()) {
      done(ReaderForm.WISH);
    }
  }

  private void export(String format) {
    FormResponse.go(EXPORT + format);
  }

  private void delete() {
    if (!input.get("slug").equals(tenant().slug())) {
      faults.of("slug", "type '%s' to say that you mean it".formatted(tenant().slug()));
    } else if (tenants.delete(visit.actor(), tenant().id()).isPresent()) {
      done("deleting");
    } else {
      faults.whole(MEANWHILE);
    }
  }

  private void restore() {
    if (tenants.restore(visit.actor(), tenant().id())) {
      done("restored");
    } else {
      faults.whole(MEANWHILE);
    }
  }

  private static void done(String what) {
    FormResponse.go(PortalPage.SETTINGS.address() + "?did=" + what);
  }

  public Tenant tenant() {
    return visit.ofTenant();
  }

  public TenantPolicy policy() {
    return policies.of(tenant().id());
  }

  /** How many would have to add a second factor before they can go on. */
  public String withoutFactor() {
    long many =
        members.list(tenant().id()).stream().filter(member -> !member.secondFactor()).count();
    return many == 1 ? "1 member" : "%,d members".formatted(many);
  }

  /** For how many days a deleted tenant can be brought back. */
  public long graceDays() {
    return tenants.deletionGrace().toDays();
  }

  /** What the tenant's state means; empty while all is well. */
  public String stateWords() {
    return switch (tenant().state()) {
      case ACTIVE, PENDING, DELETED -> "";
      case PAST_DUE -> "An invoice is overdue. Everything still works.";
      case SUSPENDED ->
          "The tenant is suspended: keys and pages are refused, and nothing is lost. Ask support.";
      case DELETING ->
          "The tenant is being deleted. Until its data goes you can export it, or bring it back.";
    };
  }

  public boolean isDeleting() {
    return tenant().deletionDue().isPresent();
  }
}
