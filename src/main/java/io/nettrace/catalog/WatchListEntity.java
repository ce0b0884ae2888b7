package io.nettrace.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A row of {@code watch_lists} in the schema of whoever's session it is. */
@Entity(name = "WatchList")
@Table(name = "watch_lists")
class WatchListEntity {
  @Id private UUID id = new UUID(0, 0);
  private String name = "";

  @Column(name = "target_ids")
  private String[] targetIds = {};

  @Column(name = "created_at")
  private Instant createdAt = Instant.EPOCH;

  private int version;

  /** For Hibernate. */
  protected WatchListEntity() {}

  static WatchListEntity of(WatchList list) {
    WatchListEntity entity = new WatchListEntity();
    entity.id = list.id();
    entity.createdAt = list.createdAt();
    entity.change(list);
    return entity;
  }

  /** Takes over whatever may change. */
  void change(WatchList list) {
    name = list.name();
    targetIds = list.targetIds().toArray(String[]::new);
    version = list.version();
  }

  WatchList list() {
    return new WatchList(id, name, List.of(targetIds), createdAt, version);
  }
}
