package io.nettrace.plan;

import static io.nettrace.plan.TestNodes.TENANT;
import static io.nettrace.plan.TestNodes.TODAY;
import static io.nettrace.plan.TestNodes.admitted;
import static io.nettrace.plan.TestNodes.call;
import static io.nettrace.plan.TestNodes.exhaust;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.plan.TestNodes.Node;
import io.nettrace.platform.Database;
import io.nettrace.platform.DatabaseUnavailableException;
import io.nettrace.testing.Actors;
import io.nettrace.testing.SharedPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A ledger that cannot be reached, or that nobody knows to have heard. */
@Timeout(180)
class LedgerAwayIT {
  private final DataSource source = SharedPostgres.migratedSource();
  private final TestNodes nodes = new TestNodes(new Database(() -> source));
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicBoolean commitUnheard = new AtomicBoolean();
  private final Node node = nodes.start(TestPlans.PLANS, new Database(() -> flaky(source)));

  @AfterEach
  void stop() {
    nodes.stop();
  }

  @Test
  void theSliceMayBeSpentThenTheAnswerIsThatWeAreUnavailable() {
    node.plans().assign(Actors.TEST, TENANT, TestPlans.plan("large"));
    call(node, 1);
    away.set(true);
    call(node, 99);
    assertThat(node.quotas().admit(TENANT)).isInstanceOf(Admission.Unavailable.class);
    assertThatThrownBy(node.quotas()::flush).isInstanceOf(DatabaseUnavailableException.class);

    away.set(false);
    nodes.pass(Duration.ofSeconds(2));
    call(node, 1);
    node.quotas().flush();
    assertThat(nodes.ledger(TODAY).get(1)).isEqualTo(101);
    assertThat(exhaust(node)).isEqualTo(9_899);
  }

  @Test
  void whoeverHasNoLimitIsServedAndCountedLater() {
    node.plans().assign(Actors.TEST, TENANT, TestPlans.plan("open"));
    away.set(true);
    call(node, 50);
    assertThatThrownBy(node.quotas()::flush).isInstanceOf(DatabaseUnavailableException.class);
    away.set(false);
    node.quotas().flush();
    assertThat(nodes.ledger(TODAY)).containsExactly(50L, 50L, 0L);
  }

  @Test
  void aLedgerThatIsAwayIsNotAskedByEveryCall() {
    away.set(true);
    assertThat(node.quotas().admit(TENANT)).isInstanceOf(Admission.Unavailable.class);
    away.set(false);
    assertThat(node.quotas().admit(TENANT)).isInstanceOf(Admission.Unavailable.class);
    nodes.pass(Duration.ofSeconds(1));
    assertThat(node.quotas().admit(TENANT)).isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void aReportThatArrivedUnheardIsBookedOnce() {
    call(node, 10);
    commitUnheard.set(true);
    assertThatThrownBy(node.quotas()::flush).isInstanceOf(DatabaseUnavailableException.class);
    assertThat(nodes.ledger(TODAY).get(1)).isEqualTo(10);
    assertThat(node.quotas().state(TENANT).remaining()).isEqualTo(90);

    call(node, 5);
    node.quotas().flush();
    assertThat(nodes.ledger(TODAY).get(1)).isEqualTo(15);
    assertThat(node.quotas().state(TENANT).remaining()).isEqualTo(85);
  }

  @Test
  void callsInTheMiddleSurviveAnOutage() {
    Ticket ticket = admitted(node);
    away.set(true);
    ticket.done(true);
    assertThatThrownBy(node.quotas()::flush).isInstanceOf(DatabaseUnavailableException.class);
    away.set(false);
    assertThat(node.usage().today(TENANT).used()).isEqualTo(1);
  }

  private DataSource flaky(DataSource real) {
    return proxy(
        DataSource.class,
        real,
        (name, result) -> {
          if (away.get()) {
            ((Connection) result).close();
            throw new SQLException("away", "08006");
          }
          return proxy(Connection.class, result, this::commit);
        });
  }

  private Object commit(String method, Object result) throws SQLException {
    if (method.equals("commit") && commitUnheard.getAndSet(false)) {
      throw new SQLException("the connection broke", "08006");
    }
    return result;
  }

  /** Sees the result of a call before its caller does. */
  private interface After {
    Object see(String method, Object result) throws SQLException;
  }

  private static <T> T proxy(Class<T> type, Object real, After after) {
    return type.cast(
        Proxy.newProxyInstance(
            LedgerAwayIT.class.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              try {
                return after.see(method.getName(), method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
