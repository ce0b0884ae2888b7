package io.nettrace.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nettrace.testing.Beans;
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
      TenantEntities entities =
          new TenantEntities(Beans.of(() -> List.of(Mark.class)), kit.walls, kit.cells);
      save(entities, first, "of the first");
      save(entities, second, "of the second");
      for (int i = 0; i < 10; i++) {
        assertThat(marks(entities, first)).containsExactly("of the first");
        assertThat(marks(entities, second)).containsExactly("of the second");
      }

      assertThatThrownBy(
              () ->
                  entities.transaction(
                      first,
                      session -> {
                        session.persist(Mark.of("never"));
                        session.flush();
                        throw new IllegalStateException("in the middle");
                      }))
          .isInstanceOf(IllegalStateException.class);
      assertThat(marks(entities, second)).containsExactly("of the second");
      assertThat(kit.marks(first)).containsExactly("of the first");
      entities.stop();
    }
  }

  private static void save(TenantEntities entities, Tenant tenant, String mark) {
    boolean _ =
        entities.transaction(
            tenant,
            session -> {
              session.persist(Mark.of(mark));
              return true;
            });
  }

  private static List<String> marks(TenantEntities entities, Tenant tenant) {
    return entities.transaction(
        tenant,
        session -> session.createQuery("select mark from Mark", String.class).getResultList());
  }
}
