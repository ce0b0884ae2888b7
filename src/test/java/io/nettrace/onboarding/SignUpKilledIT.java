package io.nettrace.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.identity.SignInOutcome;
import io.nettrace.identity.SignIns;
import io.nettrace.platform.Sql;
import io.nettrace.tenant.Tenant;
import io.nettrace.tenant.TenantKit;
import io.nettrace.tenant.TenantState;
import io.nettrace.testing.MortalSource;
import io.nettrace.testing.SharedPostgres;
import io.nettrace.testing.UnlikeNames;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is killed before each step of a sign-up in turn: whatever it had done is there whole or
 * not at all, and the person gets along on another node.
 */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignUpKilledIT {
  private final String url = SharedPostgres.migratedOwnedUrl();
  private final MortalSource source = new MortalSource(TenantKit.source(url));
  private final Path folder;
  private final SignUpNode mortal;
  private final SignUpNode other;
  private int number;

  SignUpKilledIT(@TempDir Path folder) {
    this.folder = folder;
    mortal = new SignUpNode(url, source, folder, 0, Clock.systemUTC());
    other = new SignUpNode(url, TenantKit.source(url), folder, 0, Clock.systemUTC());
  }

  @AfterAll
  void close() {
    mortal.close();
    other.close();
  }

  @Test
  void aSignUpThatWasBegunIsKeptWithItsLetterOrNotAtAll() {
    int steps = 0;
    while (dies(steps, () -> mortal.begin(SignUpNode.wish(name())))) {
      goesOnAfterBeginning(name());
      steps++;
      number++;
    }
    number++;
    assertThat(steps).as("steps").isGreaterThan(6);
  }

  @Test
  void aTenantIsThereWholeOrNotAtAllWhenItsSchemaHadToBeBuilt() {
    String token = begin(name());
    int steps = 0;
    while (dies(steps, () -> mortal.confirm(token))) {
      nothingIsLeftOver();
      steps++;
    }
    assertThat(steps).as("steps").isGreaterThan(30);
    goesOnAfterConfirming(name(), token);
    assertThat(other.kit.schemas.spare()).isZero();
    number++;
  }

  @Test
  void aTenantIsThereWholeOrNotAtAllWhenASchemaWaited() {
    try (SignUpNode filling =
        new SignUpNode(url, TenantKit.source(url), folder, 1, Clock.systemUTC())) {
      int steps = 0;
      boolean died = true;
      while (died) {
        filling.kit.fill();
        String token = begin(name());
        int step = steps;
        died = dies(step, () -> mortal.confirm(token));
        goesOnAfterConfirming(name(), token);
        steps++;
        number++;
      }
      assertThat(steps).as("steps").isGreaterThan(10);
      takeSpare();
    }
  }

  @Test
  void aSpareSchemaIsThereWholeOrNotAtAll() {
    MortalSource builders = new MortalSource(TenantKit.source(url));
    try (SignUpNode builder = new SignUpNode(url, builders, folder, 1, Clock.systemUTC())) {
      int steps = 0;
      while (builders.dies(at(steps), builder.kit::fill)) {
        nothingIsLeftOver();
        takeSpare();
        steps++;
      }
      assertThat(steps).as("steps").isGreaterThan(20);
      assertThat(other.kit.schemas.spare()).isOne();
      takeSpare();
    }
  }

  @Test
  void soItIsWhenTheProcessIsKilled() throws Exception {
    for (String point : List.of(MortalSource.COMMIT, MortalSource.COMMITTED)) {
      kill(name(), point);
      goesOnAfterBeginning(name());
      number++;
    }
    for (String point : List.of("create schema", MortalSource.COMMIT, MortalSource.COMMITTED)) {
      String token = begin(name());
      kill(token, point);
      goesOnAfterConfirming(name(), token);
      number++;
    }
  }

  private String name() {
    return "firm-" + UnlikeNames.of(number, 4);
  }

  /** The schema that waits, if one does, is as good as any. */
  private void takeSpare() {
    if (other.kit.schemas.spare() > 0) {
      assertThat(marks(other.kit.tenant(name()))).isZero();
      assertThat(other.kit.schemas.spare()).isZero();
      number++;
    }
  }

  private String begin(String slug) {
    assertThat(other.begin(SignUpNode.wish(slug))).isInstanceOf(SignUpOutcome.LetterSent.class);
    return other.token(SignUpNode.email(slug));
  }

  private boolean dies(int step, Runnable work) {
    return source.dies(at(step), work);
  }

  private static MortalSource.Death at(int step) {
    return (now, _) -> now == step;
  }

  /** Either the letter is there and good, or the person signs up anew under the same names. */
  private void goesOnAfterBeginning(String slug) {
    String email = SignUpNode.email(slug);
    long kept =
        other.count(
            Sql.of("select count(*) from platform.tenants where slug = :slug").bind("slug", slug));
    assertThat(kept).isBetween(0L, 1L);
    assertThat(
            other.count(
                Sql.of("select count(*) from platform.outbox_mails where recipient = :recipient")
                    .bind("recipient", email)))
        .as("letters for %d slugs", kept)
        .isEqualTo(kept);
    assertThat(tokens(email)).as("tokens for %d slugs", kept).isEqualTo(kept);
    String token = kept == 1 ? other.token(email) : begin(slug);
    assertThat(other.confirm(token)).isInstanceOf(ConfirmOutcome.Confirmed.class);
    isWhole(slug);
  }

  /** Either the tenant is there and its person signs in, or the letter is as good as before. */
  private void goesOnAfterConfirming(String slug, String token) {
    nothingIsLeftOver();
    if (other.confirm(token) instanceof ConfirmOutcome.Used) {
      assertThat(
              other
                  .wired
                  .get(SignIns.class)
                  .withPassword(SignUpNode.email(slug), SignUpNode.PASSWORD, SignUpNode.VISITOR))
          .isInstanceOf(SignInOutcome.SignedIn.class);
    }
    isWhole(slug);
  }

  private void isWhole(String slug) {
    Tenant tenant = find(slug);
    assertThat(tenant.state()).isEqualTo(TenantState.ACTIVE);
    assertThat(marks(tenant)).isZero();
    assertThat(
            other.count(
                Sql.of(
                        """
                        select count(*) from platform.members m join platform.accounts a
                          on a.id = m.account_id where m.tenant_id = :tenant_id and m.role = 'OWNER'
                            and a.email = :email
                        """)
                    .bind("tenant_id", tenant.id())
                    .bind("email", SignUpNode.email(slug))))
        .as("owners")
        .isOne();
    assertThat(
            other.count(
                Sql.of("select count(*) from platform.api_keys where tenant_id = :tenant_id")
                    .bind("tenant_id", tenant.id())))
        .as("keys")
        .isOne();
    assertThat(tokens(SignUpNode.email(slug))).as("tokens that are still good").isZero();
    nothingIsLeftOver();
  }

  /** The tenant as everybody finds it who starts now. */
  private Tenant find(String slug) {
    return other
        .kit
        .tenants
        .refresh(
            other.kit.database.run(
                connection ->
                    Sql.of("select id from platform.tenants where slug = :slug")
                        .bind("slug", slug)
                        .first(connection, row -> row.getObject(1, java.util.UUID.class))
                        .orElseThrow()))
        .orElseThrow();
  }

  /** Reads in the tenant's own schema, behind its walls. */
  private long marks(Tenant tenant) {
    return other.kit.walls.transaction(
        tenant,
        tx ->
            Sql.of("select count(*) from custom_targets")
                .first(tx.connection(), row -> row.getLong(1))
                .orElseThrow());
  }

  private long tokens(String email) {
    return other.count(
        Sql.of(
                """
                select count(*) from platform.one_time_tokens
                where payload ->> 'email' = :email and consumed_at is null
                """)
            .bind("email", email));
  }

  /** Every schema and every role is accounted for, and everything that is entered exists. */
  private void nothingIsLeftOver() {
    assertThat(names("select nspname from pg_namespace where nspname like 't\\_%' order by 1"))
        .as("schemas")
        .isEqualTo(names("select schema::text from platform.tenant_schemas order by 1"));
    assertThat(
            names(
                """
                select member.rolname from pg_auth_members m
                join pg_roles member on member.oid = m.member
                join pg_roles reader on reader.oid = m.roleid
                join platform.installation i on i.reader_role = reader.rolname
                where member.rolname like 't\\_%' order by 1
                """))
        .as("roles")
        .isEqualTo(names("select role::text from platform.tenant_schemas order by 1"));
    assertThat(
            other.count(
                Sql.of(
                    """
                    select count(*) from platform.tenants t
                    left join platform.tenant_schemas s on s.tenant_id = t.id
                    where (t.state = 'ACTIVE') <> (s.tenant_id is not null)
                      or t.state <> 'ACTIVE' and (
                        exists (select from platform.members m where m.tenant_id = t.id)
                        or exists (select from platform.api_keys k where k.tenant_id = t.id))
                    """)))
        .as("tenants by halves")
        .isZero();
    assertThat(
            other.count(
                Sql.of(
                    """
                    select count(*) from platform.accounts a
                    where not exists (select from platform.members m where m.account_id = a.id)
                    """)))
        .as("people without a tenant")
        .isZero();
  }

  private List<String> names(String sql) {
    return other.kit.database.run(
        connection -> Sql.of(sql).all(connection, row -> row.getString(1)));
  }

  private void kill(String slugOrToken, String point) throws IOException, InterruptedException {
    File output = folder.resolve("output").toFile();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SignUpProcess.class.getName(),
                url,
                folder.toString(),
                slugOrToken,
                point)
            .redirectErrorStream(true)
            .redirectOutput(output)
            .start();
    assertThat(process.waitFor()).as("%s: %s", point, output).isEqualTo(SignUpProcess.KILLED);
  }
}
