package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "select 1 ; select 1 ; ``",
        "where id = :id and at < :until ; where id = ? and at < ? ; id until",
        "values (:a,:b_2,:a) ; values (?,?,?) ; a b_2 a",
        ":a::uuid[] || now()::text ; ?::uuid[] || now()::text ; a",
        "set x = 'it''s :no' || :yes ; set x = 'it''s :no' || ? ; yes",
        "\":no\" = :yes ; \":no\" = ? ; yes",
        "do $$ :no $$ ; do $$ :no $$ ; ``",
        "a /* :no */ :yes ; a /* :no */ ? ; yes",
        "a -- :no ; a -- :no ; ``",
        "a - :b / :c ; a - ? / ? ; b c",
        "a[1:2] ; a[1:2] ; ``",
        "'open :no ; 'open :no ; ``"
      })
  void parametersAreFoundWhereTheyStandAndNowhereElse(String text, String jdbc, String names) {
    SqlText parsed = SqlText.of(text);
    assertThat(parsed.jdbc()).isEqualTo(jdbc);
    assertThat(String.join(" ", parsed.names())).isEqualTo(names);
  }

  @Test
  void aCommentEndsWithItsLine() {
    assertThat(SqlText.of("a -- :no\n:yes").names()).containsExactly("yes");
  }

  @Test
  void aNameThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> Sql.of("select :id").bind("di", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(":di");
  }

  @Test
  void aParameterWithoutValueIsToldBeforeTheDatabaseIsAsked() {
    Connection connection =
        (Connection)
            Proxy.newProxyInstance(
                Connection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, _) ->
                    Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {method.getReturnType()},
                        (_, _, _) -> null));
    assertThatThrownBy(() -> Sql.of("select :id, :at").bind("id", 1).update(connection))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(":at");
  }
}
