--liquibase formatted sql logicalFilePath:catalog/001-burst-metrics.sql

--changeset nettrace:burst-metrics
create table catalog.burst_metrics (
  observed_at   timestamptz not null,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  method        text not null,
  mode          text not null,
  address       inet not null,
  known_at      timestamptz not null,
  sent          integer not null,
  received      integer not null,
  send_failures integer not null,
  min_rtt       bigint,
  mean_rtt      bigint,
  p50_rtt       bigint,
  p90_rtt       bigint,
  p95_rtt       bigint,
  p99_rtt       bigint,
  max_rtt       bigint,
  ipdv          bigint,
  pdv           bigint,
  histogram     bytea
) partition by range (observed_at);
create index burst_metrics_target on catalog.burst_metrics (target_id, vantage_point, observed_at);
comment on table catalog.burst_metrics is 'One row per burst: delay and loss of several probes to one address. A partition per day (UTC).';
comment on column catalog.burst_metrics.target_id is 'Id of the target in targets.json.';
comment on column catalog.burst_metrics.target_host is 'Host name that was measured.';
comment on column catalog.burst_metrics.vantage_point is 'Where it was measured from.';
comment on column catalog.burst_metrics.simulated is 'True when the lab was measured and not the internet.';
comment on column catalog.burst_metrics.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column catalog.burst_metrics.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column catalog.burst_metrics.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column catalog.burst_metrics.mode is 'How they left: RAW, UNPRIVILEGED or CONNECT.';
comment on column catalog.burst_metrics.address is 'Address that was probed.';
comment on column catalog.burst_metrics.sent is 'Probes that left the machine.';
comment on column catalog.burst_metrics.received is 'Answers of the target itself; loss is 1 - received / sent.';
comment on column catalog.burst_metrics.send_failures is 'Probes that the kernel refused to send; not losses.';
comment on column catalog.burst_metrics.min_rtt is 'Nanoseconds. Like all delays here over answered probes only, and null when none was answered.';
comment on column catalog.burst_metrics.mean_rtt is 'Nanoseconds.';
comment on column catalog.burst_metrics.p50_rtt is 'Nanoseconds.';
comment on column catalog.burst_metrics.p90_rtt is 'Nanoseconds.';
comment on column catalog.burst_metrics.p95_rtt is 'Nanoseconds.';
comment on column catalog.burst_metrics.p99_rtt is 'Nanoseconds.';
comment on column catalog.burst_metrics.max_rtt is 'Nanoseconds.';
comment on column catalog.burst_metrics.ipdv is 'Nanoseconds: mean absolute difference of consecutive answers (RFC 3393).';
comment on column catalog.burst_metrics.pdv is 'Nanoseconds: 99th percentile minus minimum (RFC 5481).';
comment on column catalog.burst_metrics.histogram is 'HdrHistogram V2, compressed, in microseconds; mergeable. Null when nothing was answered.';
--rollback drop table catalog.burst_metrics;
