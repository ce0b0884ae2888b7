package io.nettrace.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.onboarding.SignUpOutcome.Mistake;
import io.nettrace.platform.Sql;
import io.nettrace.tenant.TenantKit;
import io.nettrace.testing.SharedPostgres;
import io.nettrace.testing.UnlikeNames;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** People who sign up on two nodes in the same moment, for what only one of them can have. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignUpRaceIT {
  private static final int ROUNDS = 8;
  private static final int CALLERS = 6;

  private final CyclicBarrier start = new CyclicBarrier(CALLERS);
  private final ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
  private final SignUpNode here;
  private final SignUpNode there;

  SignUpRaceIT(@TempDir Path folder) {
    String url = SharedPostgres.migratedOwnedUrl();
    here = new SignUpNode(url, TenantKit.source(url), folder, 4, Clock.systemUTC());
    there = new SignUpNode(url, TenantKit.source(url), folder, 4, Clock.systemUTC());
    here.kit.fill();
  }

  @AfterAll
  void close() {
    threads.shutdownNow();
    here.close();
    there.close();
  }

  @Test
  void ofThoseWhoWantOneSlugOneHasIt() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String slug = "slug-" + UnlikeNames.of(round, 2);
      List<SignUpOutcome> outcomes =
          atOnce(
              (node, caller) -> {
                // every other one wants a slug that looks like it
                String wanted = caller % 2 == 0 ? slug : slug.replace('l', '1');
                return node.begin(SignUpNode.wish(wanted, caller + "@" + slug + ".example"));
              });
      assertThat(outcomes).filteredOn(SignUpOutcome.LetterSent.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(SignUpOutcome.Refused.class::isInstance)
          .hasSize(CALLERS - 1)
          .allSatisfy(
              refused ->
                  assertThat(((SignUpOutcome.Refused) refused).mistakes())
                      .extracting(Mistake::field)
                      .containsExactly("slug"));
      assertThat(
              here.count(
                  Sql.of("select count(*) from platform.outbox_mails where recipient like :example")
                      .bind("example", "%@" + slug + ".example")))
          .as("letters")
          .isOne();
    }
  }

  @Test
  void ofThoseWithOneMailboxOneMakesTheAccountAndTheOthersFindIt() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String name = UnlikeNames.of(round, 2);
      String email = "one@" + name + ".example";
      List<SignUpOutcome> begun =
          atOnce(
              (node, caller) ->
                  node.begin(
                      SignUpNode.wish("mailbox-" + UnlikeNames.of(caller, 2) + name, email)));
      assertThat(begun).allMatch(SignUpOutcome.LetterSent.class::isInstance);
      List<String> tokens = here.tokens(email);
      assertThat(tokens)
          .as("however many ask at once, a mailbox gets so many letters")
          .hasSize(OpenSignUps.MOST_OF_RECIPIENT);
      List<ConfirmOutcome> confirmed =
          atOnce((node, caller) -> node.confirm(tokens.get(caller % tokens.size())));
      assertThat(confirmed)
          .filteredOn(ConfirmOutcome.Confirmed.class::isInstance)
          .hasSize(tokens.size())
          .filteredOn(o -> ((ConfirmOutcome.Confirmed) o).sessionToken().isPresent())
          .as("who made the account is signed in, the others sign in as ever")
          .hasSize(1);
      assertThat(
              here.count(
                  Sql.of("select count(*) from platform.accounts where email = :email")
                      .bind("email", email)))
          .as("accounts")
          .isOne();
      assertThat(
              here.count(
                  Sql.of(
                          """
                          select count(*) from platform.members m join platform.accounts a
                            on a.id = m.account_id where a.email = :email and m.role = 'OWNER'
                          """)
                      .bind("email", email)))
          .as("tenants")
          .isEqualTo(OpenSignUps.MOST_OF_RECIPIENT);
    }
  }

  @Test
  void aLinkThatIsFollowedTwiceAtOnceMakesOneTenant() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String slug = "link-" + UnlikeNames.of(round, 2);
      assertThat(here.begin(SignUpNode.wish(slug))).isInstanceOf(SignUpOutcome.LetterSent.class);
      String token = here.token(SignUpNode.email(slug));
      List<ConfirmOutcome> outcomes = atOnce((node, _) -> node.confirm(token));
      assertThat(outcomes).filteredOn(ConfirmOutcome.Confirmed.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(new ConfirmOutcome.Used()::equals)
          .as("%s", outcomes)
          .hasSize(CALLERS - 1);
      for (String table : List.of("tenant_schemas", "members", "api_keys")) {
        assertThat(
                here.count(
                    Sql.of(
                            "select count(*) from platform."
                                + table
                                + " where tenant_id = (select id from platform.tenants where slug ="
                                + " :slug)")
                        .bind("slug", slug)))
            .as(table)
            .isOne();
      }
    }
  }

  /** Every caller does it in the same moment, half of them on each node. */
  private <T> List<T> atOnce(BiFunction<SignUpNode, Integer, T> call) throws Exception {
    List<Future<T>> running = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      int caller = i;
      running.add(
          threads.submit(
              () -> {
                start.await();
                return call.apply(caller % 2 == 0 ? here : there, caller);
              }));
    }
    List<T> outcomes = new ArrayList<>();
    for (Future<T> one : running) {
      outcomes.add(one.get());
    }
    return outcomes;
  }
}
