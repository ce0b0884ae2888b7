--liquibase formatted sql logicalFilePath:catalog/002-scan-metrics.sql

--changeset nettrace:scan-metrics
create table catalog.scan_metrics (
  observed_at   timestamptz not null,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  method        text not null,
  mode          text not null,
  address       inet not null,
  known_at      timestamptz not null,
  cause         text not null,
  trace_end     text not null,
  total_rtt     bigint,
  hop_count     integer not null,
  first_hop_rtt bigint,
  last_hop_rtt  bigint,
  route_hash    text
) partition by range (observed_at);
create index scan_metrics_target on catalog.scan_metrics (target_id, vantage_point, observed_at);
comment on table catalog.scan_metrics is 'One row per trace. A partition per month (UTC).';
comment on column catalog.scan_metrics.target_id is 'Id of the target in targets.json.';
comment on column catalog.scan_metrics.target_host is 'Host name that was measured.';
comment on column catalog.scan_metrics.vantage_point is 'Where it was measured from.';
comment on column catalog.scan_metrics.simulated is 'True when the lab was measured and not the internet.';
comment on column catalog.scan_metrics.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column catalog.scan_metrics.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column catalog.scan_metrics.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column catalog.scan_metrics.mode is 'How they left: RAW, UNPRIVILEGED or CONNECT.';
comment on column catalog.scan_metrics.address is 'Address that was probed.';
comment on column catalog.scan_metrics.cause is 'Why the trace was taken: SCHEDULED, DEVIATION, REQUESTED or RESOLUTION.';
comment on column catalog.scan_metrics.trace_end is 'Why the trace ended where it did.';
comment on column catalog.scan_metrics.total_rtt is 'Nanoseconds to the target itself; null when it did not answer.';
comment on column catalog.scan_metrics.hop_count is 'Distance of the target, or of the farthest hop that answered.';
comment on column catalog.scan_metrics.first_hop_rtt is 'Nanoseconds to the nearest hop that answered.';
comment on column catalog.scan_metrics.last_hop_rtt is 'Nanoseconds to the farthest hop that answered, the target included.';
comment on column catalog.scan_metrics.route_hash is 'Short name of the route in force; does not flap under load balancing, silence or loss. Null when the trace saw no hop.';
--rollback drop table catalog.scan_metrics;
