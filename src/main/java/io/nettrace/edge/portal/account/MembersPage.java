package io.nettrace.edge.portal.account;

import io.nettrace.desk.Action;
import io.nettrace.edge.portal.DisplayFormat;
import io.nettrace.edge.portal.Faults;
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
import io.nettrace.identity.Invitation;
import io.nettrace.identity.Invitations;
import io.nettrace.identity.InviteOutcome;
import io.nettrace.identity.Member;
import io.nettrace.identity.MemberOutcome;
import io.nettrace.identity.Members;
import io.nettrace.identity.Role;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who belongs to the tenant, and as what. */
@Page
public class MembersPage {
  private static final int PER_PAGE = 50;
  private static final PageAddress ADDRESS = PageAddress.to(PortalPage.MEMBERS.address());

  @Inject Members members;
  @Inject Invitations invitations;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject Clock clock;

  /** A member's line. */
  public record Row(
      UUID id,
      String name,
      String email,
      String role,
      Instant since,
      boolean secondFactor,
      boolean self,
      boolean managed) {
    public String title() {
      return MembersPage.title(Role.valueOf(role));
    }
  }

  /** An open invitation. */
  public record Open(
      UUID id, String email, String role, String title, Instant expiresAt, boolean managed) {}

  /** A role to choose. */
  public record Choice(String word, String title, String what) {}

  @Guarded(
      forms = {
        @Form(value = "invite", needs = Action.INVITE_MEMBER),
        @Form(value = "role", needs = Action.CHANGE_ROLE),
        @Form(value = "remove", needs = Action.REMOVE_MEMBER),
        @Form(value = "withdraw", needs = Action.WITHDRAW_INVITATION),
        @Form(value = "leave", needs = Action.LEAVE_TENANT)
      })
  public void act() {
    switch (input.wish()) {
      case "invite" -> invite();
      case "role" ->
          settle(members.changeRole(visit.actor(), visit.ofTenant().id(), id(), role()), "role");
      case "remove" ->
          settle(members.remove(visit.actor(), visit.ofTenant().id(), id()), "removed");
      case "withdraw" ->
          settle(invitations.withdraw(visit.actor(), visit.ofTenant().id(), id()), "withdrawn");
      case "leave" -> {
        MemberOutcome outcome = members.leave(visit.actor(), visit.ofTenant().id());
        if (outcome instanceof MemberOutcome.Done) {
          FormResponse.go(PortalPage.TENANTS.address() + "?did=left");
        } else {
          settle(outcome, "");
        }
      }
      default -> {}
    }
  }

  private void invite() {
    InviteOutcome outcome =
        invitations.invite(
            visit.actor(),
            visit.ofTenant().id(),
            visit.ofTenant().name(),
            input.get("email"),
            role(),
            visit.plan().members());
    switch (outcome) {
      case InviteOutcome.Invited _ -> FormResponse.done(PortalPage.MEMBERS, "invited");
      case InviteOutcome.Malformed(String reason) -> faults.of("email", reason);
      case InviteOutcome.NotAllowed _ -> faults.whole("Only an owner makes owners");
      case InviteOutcome.AlreadyMember _ -> faults.of("email", "they belong to your tenant");
      case InviteOutcome.TeamFull(int most) ->
          faults.whole(
              "Your plan is for %d people, open invitations counted; see the plans"
                  .formatted(most));
      case InviteOutcome.TooMany(int most) ->
          faults.whole("At most %d invitations are open at once; take one back".formatted(most));
    }
  }

  private void settle(MemberOutcome outcome, String did) {
    switch (outcome) {
      case MemberOutcome.Done(List<Invitation> withdrawn) ->
          FormResponse.done(PortalPage.MEMBERS, withdrawn.isEmpty() ? did : did + "-withdrawn");
      case MemberOutcome.NotAllowed _ ->
          faults.whole("Only an owner makes, changes and removes owners");
      case MemberOutcome.LastOwner _ ->
          faults.whole("A tenant always has an owner; make another member one first");
      case MemberOutcome.Unknown _ -> throw new PageNotFoundException();
    }
  }

  @Once
  public PagedList<Row> rows() {
    UUID self = visit.person().accountId();
    return PagedList.numbered(everybody(), PER_PAGE, ADDRESS, "page", input)
        .map(member -> row(member, self));
  }

  @Once
  public PagedList<Open> open() {
    return PagedList.numbered(asked(), PER_PAGE, ADDRESS, "invitations", input).map(this::open);
  }

  @Once
  List<Member> everybody() {
    return members.list(visit.ofTenant().id());
  }

  @Once
  List<Invitation> asked() {
    return invitations.list(visit.ofTenant().id());
  }

  /** The roles that this person may give. */
  @Once
  public List<Choice> roles() {
    return Arrays.stream(Role.values())
        .filter(this::mayManage)
        .map(role -> new Choice(role.name(), title(role), what(role)))
        .toList();
  }

  public int most() {
    return visit.plan().members();
  }

  /** How many are here, and how many were asked, of those that the plan is for. */
  public String count() {
    int here = everybody().size();
    int asked = asked().size();
    return "%d %s%s; %s is for %,d"
        .formatted(
            here,
            here == 1 ? "member" : "members",
            asked == 0
                ? ""
                : " and %d open %s".formatted(asked, asked == 1 ? "invitation" : "invitations"),
            visit.plan().title(),
            most());
  }

  public boolean isFull() {
    return everybody().size() + asked().size() >= most();
  }

  /** What the form for an invitation has chosen: what was sent, and else the least. */
  public boolean isChosen(String word) {
    return word.equals(input.wish().equals("invite") ? input.get("role") : Role.VIEWER.name());
  }

  private boolean mayManage(Role role) {
    return visit.isServed() && visit.person().role().map(own -> own.mayManage(role)).orElse(false);
  }

  private Row row(Member member, UUID self) {
    return new Row(
        member.accountId(),
        member.name().text(),
        member.email().text(),
        member.role().name(),
        member.since(),
        member.secondFactor(),
        member.accountId().equals(self),
        mayManage(member.role()));
  }

  private Open open(Invitation invitation) {
    return new Open(
        invitation.id(),
        invitation.email().text(),
        invitation.role().name(),
        title(invitation.role()),
        invitation.expiresAt(),
        mayManage(invitation.role()));
  }

  private static String what(Role role) {
    return switch (role) {
      case OWNER -> "everything, the tenant's end included";
      case ADMIN -> "everything but paying, export and deletion";
      case BILLING -> "plan and usage";
      case ANALYST -> "reads, exports, and manages targets";
      case VIEWER -> "reads measurements";
      case AUDITOR -> "reads measurements, members, usage and evidence";
    };
  }

  private static String title(Role role) {
    return DisplayFormat.sentence(DisplayFormat.word(role));
  }

  private Role role() {
    return Optional.of(input.get("role"))
        .flatMap(
            name -> Arrays.stream(Role.values()).filter(one -> one.name().equals(name)).findFirst())
        .orElseThrow(PageNotFoundException::new);
  }

  private UUID id() {
    return input.id("id").orElseThrow(PageNotFoundException::new);
  }
}
