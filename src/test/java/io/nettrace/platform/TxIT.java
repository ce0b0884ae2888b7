package io.nettrace.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.testing.SharedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done together, and what follows. */
class TxIT {
  private final Database database = SharedPostgres.freshDatabase();
  private final List<String> followed = new ArrayList<>();

  @BeforeEach
  void create() {
    int _ =
        database.run(
            connection -> Sql.of("create table public.marks (mark text)").update(connection));
  }

  @Test
  void followersRunAfterTheCommitInTheirOrder() {
    boolean _ =
        database.transaction(
            tx -> {
              tx.afterCommit(() -> followed.add("first, after " + marks()));
              mark(tx, "a");
              tx.afterCommit(() -> followed.add("second"));
              assertThat(followed).isEmpty();
              return true;
            });

    assertThat(followed).containsExactly("first, after [a]", "second");
  }

  @Test
  void nothingFollowsARollback() {
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> {
                      mark(tx, "a");
                      tx.afterCommit(() -> followed.add("never"));
                      throw new IllegalStateException("on purpose");
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(followed).isEmpty();
    assertThat(marks()).isEmpty();
  }

  @Test
  void aUnitThatIsOnlyRolledBackChangesNothingAndReturnsItsResult() {
    String result =
        database.transaction(
            tx -> {
              tx.afterCommit(() -> followed.add("never"));
              mark(tx, "a");
              tx.rollbackOnly();
              mark(tx, "b");
              return "result";
            });

    assertThat(result).isEqualTo("result");
    assertThat(followed).isEmpty();
    assertThat(marks()).isEmpty();
  }

  @Test
  void aFollowerThatFailsHoldsUpNoOtherAndIsTold() {
    assertThatThrownBy(
            () ->
                database.transaction(
                    tx -> {
                      mark(tx, "a");
                      tx.afterCommit(() -> fail("one"));
                      tx.afterCommit(() -> followed.add("between"));
                      tx.afterCommit(() -> fail("two"));
                      tx.afterCommit(() -> followed.add("last"));
                      return true;
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("one")
        .hasSuppressedException(new IllegalStateException("two"));

    assertThat(followed).containsExactly("between", "last");
    assertThat(marks()).containsExactly("a");
  }

  /** Otherwise followers that want a connection wait for each other when the pool is empty. */
  @Test
  void aFollowerRunsWhenTheConnectionIsFreeAgain() {
    List<Boolean> free = new ArrayList<>();
    boolean _ =
        database.transaction(
            tx -> {
              Connection connection = tx.connection();
              tx.afterCommit(() -> free.add(isClosed(connection)));
              return true;
            });

    assertThat(free).containsExactly(true);
  }

  @Test
  void thereAreNoEntitiesWhereNoneAreMapped() {
    Database unmapped = new Database(SharedPostgres::freshSource);
    assertThatThrownBy(() -> unmapped.transaction(Tx::entities))
        .isInstanceOf(IllegalStateException.class);
  }

  private static void fail(String message) {
    throw new IllegalStateException(message);
  }

  private static boolean isClosed(Connection connection) {
    try {
      return connection.isClosed();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void mark(Tx tx, String mark) throws SQLException {
    int _ =
        Sql.of("insert into public.marks values (:mark)")
            .bind("mark", mark)
            .update(tx.connection());
  }

  private List<String> marks() {
    return database.run(
        connection ->
            Sql.of("select mark from public.marks").all(connection, row -> row.getString(1)));
  }
}
