package io.nettrace.edge.portal.people;

import io.nettrace.desk.Action;
import io.nettrace.desk.Decision;
import io.nettrace.desk.DeniedException;
import io.nettrace.edge.portal.Faults;
import io.nettrace.edge.portal.FormInput;
import io.nettrace.edge.portal.FormResponse;
import io.nettrace.edge.portal.Guarded;
import io.nettrace.edge.portal.Guarded.Form;
import io.nettrace.edge.portal.Once;
import io.nettrace.edge.portal.Page;
import io.nettrace.edge.portal.PageAddress;
import io.nettrace.edge.portal.PagedList;
import io.nettrace.edge.portal.PortalPage;
import io.nettrace.edge.portal.Visit;
import io.nettrace.identity.Account;
import io.nettrace.identity.Accounts;
import io.nettrace.identity.AuthenticatorApps;
import io.nettrace.identity.EmailChanges;
import io.nettrace.identity.EmailOutcome;
import io.nettrace.identity.Factor;
import io.nettrace.identity.FactorOutcome;
import io.nettrace.identity.Parsed;
import io.nettrace.identity.Passkey;
import io.nettrace.identity.Passkeys;
import io.nettrace.identity.PasswordChanges;
import io.nettrace.identity.PasswordOutcome;
import io.nettrace.identity.PasswordWords;
import io.nettrace.identity.PersonName;
import io.nettrace.identity.RecoveryCodes;
import io.nettrace.identity.Session;
import io.nettrace.identity.Sessions;
import io.nettrace.platform.mail.Held;
import io.nettrace.platform.mail.Outbox;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A person's own account: name, address, password, second factors, and where they are signed in.
 */
@Page
public class Security {
  private static final int PLACES_PER_PAGE = 20;

  private static final Pattern SECRET = Pattern.compile("[A-Z2-7]{16,64}");
  private static final String APP = "otpauth://totp/";

  @Inject Accounts accounts;
  @Inject PasswordChanges passwords;
  @Inject EmailChanges emails;
  @Inject AuthenticatorApps apps;
  @Inject Passkeys passkeys;
  @Inject RecoveryCodes recoveryCodes;
  @Inject Sessions sessions;
  @Inject Outbox outbox;
  @Inject Visit visit;
  @Inject FormInput input;
  @Inject Faults faults;
  @Inject Clock clock;

  private Optional<AuthenticatorApps.Offer> offer = Optional.empty();
  private Optional<String> passkeyOptions = Optional.empty();
  private List<String> codes = List.of();
  private String done = "";
  private boolean replaced;

  /** Where the person is signed in. */
  public record Place(
      UUID id,
      String program,
      String userAgent,
      String address,
      Instant since,
      Instant lastSeen,
      boolean current) {}

  @Guarded(
      forms = {
        @Form(value = "name", needs = Action.CHANGE_NAME),
        @Form(value = "password", needs = Action.CHANGE_PASSWORD),
        @Form(value = "email", needs = Action.CHANGE_EMAIL),
        @Form(value = "offer-app", needs = Action.CHANGE_FACTORS),
        @Form(value = "confirm-app", needs = Action.CHANGE_FACTORS),
        @Form(value = "remove-app", needs = Action.CHANGE_FACTORS),
        @Form(value = "codes", needs = Action.RENEW_RECOVERY_CODES),
        @Form(value = "passkey-options", needs = Action.CHANGE_FACTORS),
        @Form(value = "add-passkey", needs = Action.CHANGE_FACTORS),
        @Form(value = "remove-passkey", needs = Action.CHANGE_FACTORS),
        @Form(value = "end-session", needs = Action.END_SESSION),
        @Form(value = "end-others", needs = Action.END_SESSION)
      })
  public void act() {
    switch (input.wish()) {
      case "name" -> rename();
      case "password" -> changePassword();
      case "email" -> changeEmail();
      case "offer-app" -> offer = apps.offer(visit.person());
      case "confirm-app" -> confirmApp();
      case "remove-app" -> settle(apps.remove(visit.person()), "The app is removed.");
      case "codes" -> settle(recoveryCodes.regenerate(visit.person()), "The old codes are void.");
      case "passkey-options" -> askForPasskey();
      case "add-passkey" -> addPasskey();
      case "remove-passkey" ->
          input
              .id("id")
              .ifPresent(
                  id -> settle(passkeys.remove(visit.person(), id), "The passkey is removed."));
      case "end-session" -> endSession();
      case "end-others" -> {
        int ended = sessions.revokeOthers(visit.person());
        done = ended == 1 ? "1 other session has ended." : ended + " other sessions have ended.";
      }
      default -> {}
    }
  }

  private void rename() {
    switch (PersonName.parse(input.get("name"))) {
      case Parsed.Valid<PersonName>(PersonName name) -> {
        boolean _ = accounts.rename(visit.actor(), visit.person().accountId(), name);
        FormResponse.go(PortalPage.SECURITY.address() + "?did=name");
      }
      case Parsed.Invalid<PersonName>(String reason) -> faults.of("name", reason);
    }
  }

  private void changePassword() {
    switch (passwords.change(visit.person(), input.secret("old"), input.secret("new"))) {
      case PasswordOutcome.Changed(Optional<String> token) -> {
        token.ifPresent(one -> SessionEntry.keep(visit, one));
        replaced = token.isPresent();
        done = "The password is changed; all other sessions have ended.";
      }
      case PasswordOutcome.WrongPassword _ -> faults.of("old", "it is not your password");
      case PasswordOutcome.NewPasswordRefused(var verdict) ->
          faults.of("new", PasswordWords.of(verdict));
      case PasswordOutcome.LockedOut(var left) -> faults.whole(PeopleTexts.lockedOut(left));
      case PasswordOutcome.TokenRefused _, PasswordOutcome.Busy _ -> faults.whole(PeopleTexts.BUSY);
    }
  }

  private void changeEmail() {
    switch (emails.request(visit.person(), input.get("email"))) {
      case EmailOutcome.LinkSent _ ->
          done = "A letter is on its way to the new address; the change counts with its link.";
      case EmailOutcome.Malformed(String reason) -> faults.of("email", reason);
      case EmailOutcome.Changed _,
          EmailOutcome.StepUpNeeded _,
          EmailOutcome.TokenRefused _,
          EmailOutcome.Taken _ ->
          faults.of("email", "it cannot be asked for now; try again");
    }
  }

  private void confirmApp() {
    FactorOutcome outcome = apps.confirm(visit.person(), input.get("code"));
    if (outcome instanceof FactorOutcome.Refused) {
      faults.of("code", "it is not the code that the app shows now; wait for the next one");
      offer = offered();
    } else {
      settle(outcome, "The app is your second factor from now on.");
    }
  }

  /** The secret that the app has by now: another one would make it useless. */
  private Optional<AuthenticatorApps.Offer> offered() {
    String secret = input.get("secret");
    String uri = input.get("uri");
    return SECRET.matcher(secret).matches() && uri.startsWith(APP)
        ? Optional.of(new AuthenticatorApps.Offer(secret, uri))
        : apps.offer(visit.person());
  }

  private void askForPasskey() {
    passkeyOptions = passkeys.registrationOptions(visit.person());
  }

  private void addPasskey() {
    switch (PersonName.parse(input.get("passkey"))) {
      case Parsed.Valid<PersonName>(PersonName parsed) ->
          settle(
              passkeys.register(visit.person(), input.get("answer"), parsed),
              "The passkey is good from now on.");
      case Parsed.Invalid<PersonName>(String reason) -> {
        faults.of("passkey", reason);
        askForPasskey();
      }
    }
  }

  private void endSession() {
    Optional<UUID> id = input.id("id");
    if (id.isPresent() && sessions.revoke(visit.actor(), visit.person().accountId(), id.get())) {
      FormResponse.go(PortalPage.SECURITY.address() + "?did=ended#sessions");
    } else {
      faults.whole("That session has ended already");
    }
  }

  private void settle(FactorOutcome outcome, String words) {
    switch (outcome) {
      case FactorOutcome.Changed(String token, List<String> fresh) -> {
        SessionEntry.keep(visit, token);
        replaced = true;
        codes = fresh;
        done = words + " All other sessions have ended.";
      }
      case FactorOutcome.Refused _ -> faults.whole("That was not right, or came too late");
      case FactorOutcome.PasswordTooShort(int least) ->
          faults.whole(
              "Without this factor the password is all, and needs %d characters; set a longer one first"
                  .formatted(least));
      case FactorOutcome.TooMany(int most) ->
          faults.whole("You have %d already; remove one first".formatted(most));
      case FactorOutcome.StepUpNeeded _ -> throw new DeniedException(new Decision.StepUpNeeded());
    }
  }

  public Account account() {
    return accounts.find(visit.person().accountId()).orElseThrow();
  }

  public boolean isWithApp() {
    return accounts.factors(visit.person().accountId()).contains(Factor.AUTHENTICATOR_APP);
  }

  /** Letters to this person that were held back. */
  @Once
  public List<Held> held() {
    return outbox.heldFor(account().email().text());
  }

  @Once
  public List<Passkey> passkeys() {
    return passkeys.list(visit.person().accountId());
  }

  /** Whether there is anything that recovery codes could stand in for. */
  public boolean isWithFactor() {
    return !accounts.factors(visit.person().accountId()).isEmpty();
  }

  public int codesLeft() {
    return recoveryCodes.left(visit.person().accountId());
  }

  /** The newest first; once all have ended but a new one, that is this one. */
  @Once
  public PagedList<Place> places() {
    Session current = visit.person();
    return PagedList.numbered(
            sessions.list(current.accountId()),
            PLACES_PER_PAGE,
            PageAddress.to(PortalPage.SECURITY.address()),
            "page",
            input)
        .map(
            one ->
                new Place(
                    one.id(),
                    Program.of(one.visitor().userAgent()),
                    one.visitor().userAgent(),
                    one.visitor().address(),
                    one.createdAt(),
                    one.lastSeenAt(),
                    replaced || one.id().equals(current.id())));
  }

  /** Whether the tenant demands a second factor that this person has not shown. */
  public boolean isFactorDemanded() {
    return visit.person().secondFactorMissing() && !replaced;
  }

  public boolean isOffered() {
    return offer.isPresent();
  }

  /** What a camera takes the secret from; empty when it would be too large. */
  public @Nullable QrCode code() {
    return offer.flatMap(one -> QrCode.of(one.uri())).orElse(null);
  }

  public String secret() {
    return offer.map(AuthenticatorApps.Offer::secret).orElse("");
  }

  /** The app's secret in groups of four, for typing. */
  public String grouped() {
    return secret().replaceAll("(.{4})(?=.)", "$1 ");
  }

  public String uri() {
    return offer.map(AuthenticatorApps.Offer::uri).orElse("");
  }

  public boolean isAskedForPasskey() {
    return passkeyOptions.isPresent();
  }

  public String passkeyOptions() {
    return passkeyOptions.orElse("");
  }

  /** New recovery codes, shown now and never again. */
  public List<String> codes() {
    return codes;
  }

  /** What was done; empty when nothing was. */
  public String getDone() {
    return done;
  }
}
