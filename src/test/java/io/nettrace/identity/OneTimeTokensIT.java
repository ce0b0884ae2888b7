package io.nettrace.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.nettrace.platform.Sql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OneTimeTokensIT {
  private static final UUID TENANT = UUID.fromString("0192f000-0000-7000-8000-00000000000a");
  private final People people = new People();

  @Test
  void aTokenIsWorthWhatWasPromisedOnce() {
    String token = issue(TokenPurpose.SIGN_UP);
    assertThat(peek(TokenPurpose.SIGN_UP, token)).isInstanceOf(TokenVerdict.Valid.class);
    assertThat(consume(TokenPurpose.SIGN_UP, token))
        .isEqualTo(
            new TokenVerdict.Valid(
                Optional.empty(), Optional.of(TENANT), Map.of("slug", "acme", "plan", "Ünï\"")));
    assertThat(consume(TokenPurpose.SIGN_UP, token)).isEqualTo(new TokenVerdict.Used());
    assertThat(peek(TokenPurpose.SIGN_UP, token)).isEqualTo(new TokenVerdict.Used());
  }

  @Test
  void aTokenIsWorthNothingElsewhereOrLater() {
    String token = issue(TokenPurpose.SIGN_UP);
    assertThat(consume(TokenPurpose.INVITATION, token)).isEqualTo(new TokenVerdict.Unknown());
    people.clock.advance(TokenPurpose.SIGN_UP.life());
    assertThat(consume(TokenPurpose.SIGN_UP, token)).isEqualTo(new TokenVerdict.Expired());
  }

  @Test
  void whatWasNeverATokenIsUnknown() {
    for (String text :
        List.of("", "x", "x".repeat(43), "x".repeat(10_000_000), "\u0000".repeat(43))) {
      assertThat(consume(TokenPurpose.RESET, text)).isEqualTo(new TokenVerdict.Unknown());
    }
  }

  @Test
  void ofManyWhoUseATokenAtOnceOneWins() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int round = 0; round < 20; round++) {
        String token = issue(TokenPurpose.SIGN_UP);
        Callable<TokenVerdict> use = () -> consume(TokenPurpose.SIGN_UP, token);
        List<TokenVerdict> verdicts =
            threads.invokeAll(Stream.generate(() -> use).limit(8).toList()).stream()
                .map(Future::resultNow)
                .toList();
        assertThat(verdicts).filteredOn(TokenVerdict.Valid.class::isInstance).hasSize(1);
        assertThat(verdicts).filteredOn(TokenVerdict.Used.class::isInstance).hasSize(7);
      }
    }
  }

  @Test
  void aTokenOfATransactionThatRollsBackIsStillGood() {
    String token = issue(TokenPurpose.SIGN_UP);
    people.database.transaction(
        tx -> {
          TokenVerdict verdict = people.tokens.consume(tx, TokenPurpose.SIGN_UP, token);
          tx.connection().rollback();
          return verdict;
        });
    assertThat(consume(TokenPurpose.SIGN_UP, token)).isInstanceOf(TokenVerdict.Valid.class);
  }

  @Test
  void theTokenItselfIsNotInTheDatabase() {
    String token = issue(TokenPurpose.SIGN_UP);
    String rows =
        people.database.run(
            connection ->
                Sql.of("select string_agg(t::text, ' ') from platform.one_time_tokens t")
                    .first(connection, row -> row.getString(1))
                    .orElseThrow());
    assertThat(rows).contains("acme").doesNotContain(token);
  }

  private String issue(TokenPurpose purpose) {
    return people.database.transaction(
        tx ->
            people.tokens.issue(
                tx,
                purpose,
                Optional.empty(),
                Optional.of(TENANT),
                Map.of("slug", "acme", "plan", "Ünï\"")));
  }

  private TokenVerdict consume(TokenPurpose purpose, String token) {
    return people.database.transaction(tx -> people.tokens.consume(tx, purpose, token));
  }

  private TokenVerdict peek(TokenPurpose purpose, String token) {
    return people.database.transaction(tx -> people.tokens.peek(tx, purpose, token));
  }
}
