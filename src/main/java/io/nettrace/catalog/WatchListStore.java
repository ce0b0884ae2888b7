package io.nettrace.catalog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The watch lists of the tenant whose session it is. */
final class WatchListStore {
  private static final UUID FIRST = new UUID(0, 0);

  private WatchListStore() {}

  /** Whoever else wants to add or change one waits, so that names stay unique. */
  static void lock(Session session) {
    session.doWork(
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute("lock table watch_lists in share row exclusive mode");
          }
        });
  }

  static Optional<WatchList> find(Session session, UUID id) {
    return Optional.ofNullable(session.find(WatchListEntity.class, id)).map(WatchListEntity::list);
  }

  static List<WatchList> page(Session session, Optional<UUID> after, int limit) {
    return session
        .createQuery("from WatchList where id > :after order by id", WatchListEntity.class)
        .setParameter("after", after.orElse(FIRST))
        .setMaxResults(limit)
        .getResultStream()
        .map(WatchListEntity::list)
        .toList();
  }

  static long count(Session session) {
    return session.createQuery("select count(*) from WatchList", Long.class).getSingleResult();
  }

  /** Whether another list than {@code id} has the name. */
  static boolean isTaken(Session session, String name, UUID id) {
    return session
            .createQuery(
                "select count(*) from WatchList where name = :name and id <> :id", Long.class)
            .setParameter("name", name)
            .setParameter("id", id)
            .getSingleResult()
        > 0;
  }

  static void insert(Session session, WatchList list) {
    session.persist(WatchListEntity.of(list));
  }

  static void update(Session session, WatchList list) {
    session.find(WatchListEntity.class, list.id()).change(list);
  }

  static void delete(Session session, UUID id) {
    session.remove(session.find(WatchListEntity.class, id));
  }
}
