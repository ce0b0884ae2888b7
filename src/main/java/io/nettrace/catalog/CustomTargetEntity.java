package io.nettrace.catalog;

import io.nettrace.metric.Protocol;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** A row of {@code custom_targets} in the schema of whoever's session it is. */
@Entity(name = "CustomTarget")
@Table(name = "custom_targets")
class CustomTargetEntity {
  @Id private String id = "";
  private String host = "";
  private int port;
  private String[] methods = {};
  private String name = "";
  private String[] tags = {};

  @Column(name = "burst_every_seconds")
  private int burstEverySeconds;

  private boolean paused;

  @Column(name = "created_at")
  private Instant createdAt = Instant.EPOCH;

  @Column(name = "created_by")
  private String createdBy = "";

  private int version;

  /** For Hibernate. */
  protected CustomTargetEntity() {}

  static CustomTargetEntity of(CustomTarget target) {
    CustomTargetEntity entity = new CustomTargetEntity();
    entity.id = target.id();
    entity.host = target.host();
    entity.port = target.port();
    entity.createdAt = target.createdAt();
    entity.createdBy = target.createdBy();
    entity.change(target);
    return entity;
  }

  /** Takes over whatever may change. */
  void change(CustomTarget target) {
    methods = target.methods().stream().map(Protocol::name).toArray(String[]::new);
    name = target.name();
    tags = target.tags().toArray(String[]::new);
    burstEverySeconds = (int) target.burstEvery().toSeconds();
    paused = target.paused();
    version = target.version();
  }

  CustomTarget target() {
    return new CustomTarget(
        id,
        host,
        port,
        Arrays.stream(methods).map(Protocol::valueOf).toList(),
        name,
        List.of(tags),
        Duration.ofSeconds(burstEverySeconds),
        paused,
        createdAt,
        createdBy,
        version);
  }
}
