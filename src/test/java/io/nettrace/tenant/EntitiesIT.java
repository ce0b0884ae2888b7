package io.nettrace.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.testing.SharedPostgres;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same entity is another table for each tenant. */
class EntitiesIT {
  /** A row of marks. */
  @Entity(name = "Mark")
  @Table(name = "marks")
  static class Mark {
    @Id String mark = "";

    static Mark of(String text) {
      Mark mark = new Mark();
      mark.mark = text;
      return mark;
    }
  }

  @Test
  void entitiesOfTwoTenantsOverOneConnectionStayApart() {
    try (TenantKit kit =
        new TenantKit(
            SharedPostgres.migratedOwnedUrl(),
            Map.of("nettrace.tenant.cell-connections", "1", "nettrace.tenant.spare-schemas", "0"),
            Clock.systemUTC())) {
      Tenant first = kit.tenant("first");
      Tenant second = kit.tenant("second");
      kit.map(() -> List.of(Mark.class));
      save(kit, first, "of the first");
      save(kit, second, "of the second");
      for (int i = 0; i < 10; i++) {
        assertThat(marks(kit, first)).containsExactly("of the first");
        assertThat(marks(kit, second)).containsExactly("of the second");
      }

      assertThatThrownBy(
              () ->
                  kit.walls.transaction(
                      first,
                      tx -> {
                        tx.entities().persist(Mark.of("never"));
                        tx.entities().flush();
                        throw new IllegalStateException("in the middle");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(marks(kit, second)).containsExactly("of the second");
      assertThat(kit.marks(first)).containsExactly("of the first");
    }
  }

  private static void save(TenantKit kit, Tenant tenant, String mark) {
    boolean _ =
        kit.walls.transaction(
            tenant,
            tx -> {
              tx.entities().persist(Mark.of(mark));
              return true;
            });
  }

  private static List<String> marks(TenantKit kit, Tenant tenant) {
    return kit.walls.transaction(
        tenant,
        tx -> tx.entities().createQuery("select mark from Mark", String.class).getResultList());
  }
}
