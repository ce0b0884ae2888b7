package io.nettrace.onboarding;

import io.nettrace.apikey.ApiKeyBeans;
import io.nettrace.identity.IdentityBeans;
import io.nettrace.identity.IdentityKit;
import io.nettrace.identity.Visitor;
import io.nettrace.platform.PublicAddress;
import io.nettrace.platform.Settings;
import io.nettrace.platform.Sql;
import io.nettrace.platform.crypto.InstallationKeys;
import io.nettrace.platform.mail.UnsentMail;
import io.nettrace.platform.secret.Secrets;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.Wired;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** A node at which people sign up, with hashes that cost next to nothing and mail that stays. */
final class SignUpNode implements AutoCloseable {
  static final String PASSWORD = "a lantern over wet slate";
  static final Visitor VISITOR = new Visitor("192.0.2.1", "a test");
  private static final Pattern TOKEN = Pattern.compile("#([A-Za-z0-9_-]{43})");

  private static final AtomicInteger networks = new AtomicInteger();

  final TenantKit kit;
  final Wired wired;
  final SignUps signUps;

  /**
   * A node on a database that may have others.
   *
   * @param secrets a folder that all of them share
   * @param spare how many schemas are built ahead
   */
  SignUpNode(String url, DataSource source, Path secrets, int spare, Clock clock) {
    kit =
        new TenantKit(
            url, source, Map.of("nettrace.tenant.spare-schemas", Integer.toString(spare)), clock);
    wired =
        new Wired(
            List.of(IdentityBeans.class, ApiKeyBeans.class),
            kit.database,
            kit.tenants,
            clock,
            Settings.of(Map.of()),
            new Secrets(secrets),
            new InstallationKeys("a key of tests, and of tests only", List.of()),
            new PublicAddress(URI.create("https://nettrace.example")),
            UnsentMail.outbox(kit.database, clock),
            IdentityKit.cheapPasswords());
    signUps = wired.get(SignUps.class);
  }

  /** Each from a network of its own, so that no bound of networks is met. */
  SignUpOutcome begin(SignUp wish) {
    int network = networks.incrementAndGet();
    String address = "2001:db8:%x::1".formatted(network);
    return signUps.begin(wish, new Visitor(address, "a test"));
  }

  static SignUp wish(String slug) {
    return wish(slug, email(slug));
  }

  static SignUp wish(String slug, String email) {
    return new SignUp(email, PASSWORD, "Some Body", "Some Firm", slug);
  }

  static String email(String slug) {
    return "ann@" + slug + ".example";
  }

  ConfirmOutcome confirm(String token) {
    return signUps.confirm(token, PASSWORD, VISITOR);
  }

  /** The token in the only letter to somebody. */
  String token(String email) {
    List<String> tokens = tokens(email);
    if (tokens.size() != 1) {
      throw new AssertionError(tokens.size() + " letters to " + email);
    }
    return tokens.getFirst();
  }

  /** The tokens in all letters to somebody. */
  List<String> tokens(String email) {
    return kit.database.run(
        connection ->
            Sql.of("select body from platform.outbox_mails where recipient = :recipient")
                .bind("recipient", email)
                .all(connection, row -> inLetter(row.getString("body"))));
  }

  private static String inLetter(String letter) {
    Matcher matcher = TOKEN.matcher(letter);
    if (!matcher.find()) {
      throw new AssertionError(letter);
    }
    return matcher.group(1);
  }

  long count(Sql query) {
    return kit.database.run(
        connection -> query.first(connection, row -> row.getLong(1)).orElseThrow());
  }

  @Override
  public void close() {
    kit.close();
  }
}
