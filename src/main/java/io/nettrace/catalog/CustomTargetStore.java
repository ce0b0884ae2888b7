package io.nettrace.catalog;

import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/** The targets of the tenant whose session it is. */
final class CustomTargetStore {
  private CustomTargetStore() {}

  /** Whoever else wants to add or change one waits, so that limits hold. */
  static void lock(Session session) {
    session.doWork(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("lock table custom_targets in share row exclusive mode");
          }
        });
  }

  static Optional<CustomTarget> find(Session session, String id) {
    return Optional.ofNullable(session.find(CustomTargetEntity.class, id))
        .map(CustomTargetEntity::target);
  }

  static List<CustomTarget> all(Session session) {
    return session
        .createQuery("from CustomTarget order by id", CustomTargetEntity.class)
        .getResultStream()
        .map(CustomTargetEntity::target)
        .toList();
  }

  static void insert(Session session, CustomTarget target) {
    session.persist(CustomTargetEntity.of(target));
  }

  static void update(Session session, CustomTarget target) {
    session.find(CustomTargetEntity.class, target.id()).change(target);
  }

  static void delete(Session session, String id) {
    session.remove(session.find(CustomTargetEntity.class, id));
  }
}
