package io.nettrace.identity;

import io.nettrace.platform.Database;
import io.nettrace.platform.Service;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether a password is the one of an e-mail address. Everything that takes time is done in the
 * same way whether or not the address has an account.
 */
@Service
class PasswordChecks {
  private final Database database;
  private final Passwords passwords;
  private final LockOuts lockOuts;

  /** What a check came to. */
  sealed interface Result {
    record Right(StoredAccount person) implements Result {}

    /** Or nobody has the address, or has not yet shown that mail to it arrives. */
    record Wrong() implements Result {}

    record LockedOut(Duration left) implements Result {}

    record Busy() implements Result {}
  }

  @Inject
  PasswordChecks(Database database, Passwords passwords, LockOuts lockOuts) {
    this.database = database;
    this.passwords = passwords;
    this.lockOuts = lockOuts;
  }

  /**
   * Compares; a wrong password counts towards locking out.
   *
   * @param email as somebody typed it
   */
  Result check(String email, String password, Visitor visitor) {
    Optional<EmailAddress> address =
        EmailAddress.parse(email) instanceof Parsed.Valid<EmailAddress>(EmailAddress valid)
            ? Optional.of(valid)
            : Optional.empty();
    String key = address.map(EmailAddress::key).orElse("");
    return compare(address, password, lockOuts.begin(key, visitor));
  }

  /** The same for a person who is signed in, counted apart. */
  Result check(Session session, String password) {
    return compare(Optional.of(session.email()), password, lockOuts.begin(session));
  }

  private Result compare(
      Optional<EmailAddress> address, String password, LockOuts.Attempt attempt) {
    return switch (attempt) {
      case LockOuts.Attempt.LockedOut(Duration left) -> new Result.LockedOut(left);
      case LockOuts.Attempt.Begun begun -> compare(address, password, begun);
    };
  }

  private Result compare(
      Optional<EmailAddress> address, String password, LockOuts.Attempt.Begun attempt) {
    Optional<StoredAccount> person =
        address
            .flatMap(email -> database.transaction(tx -> AccountStore.find(tx, email)))
            .filter(found -> found.account().verified());
    return switch (passwords.match(password, person.map(StoredAccount::password))) {
      case WRONG -> new Result.Wrong();
      case BUSY -> {
        forgive(attempt);
        yield new Result.Busy();
      }
      case RIGHT -> {
        forgive(attempt);
        yield new Result.Right(renewed(person.orElseThrow(), password));
      }
    };
  }

  private void forgive(LockOuts.Attempt.Begun attempt) {
    database.run(
        connection -> {
          lockOuts.forgive(connection, attempt);
          return true;
        });
  }

  /** Hashed anew if the parameters have changed since, and there is room to do it now. */
  private StoredAccount renewed(StoredAccount person, String password) {
    if (passwords.isOutdated(person.password())) {
      passwords
          .hash(password)
          .ifPresent(
              fresh ->
                  database.transaction(
                      tx ->
                          AccountStore.rehash(
                              tx, person.account().id(), person.password(), fresh)));
    }
    return person;
  }
}
