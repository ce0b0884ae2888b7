--liquibase formatted sql logicalFilePath:catalog/003-scan-snapshots.sql

--changeset nettrace:scan-snapshots
create table catalog.scan_snapshots (
  observed_at   timestamptz not null,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  method        text not null,
  mode          text not null,
  address       inet not null,
  known_at      timestamptz not null,
  reason        text not null,
  trace_end     text not null,
  route_hash    text,
  hops          jsonb not null
) partition by range (observed_at);
create index scan_snapshots_target on catalog.scan_snapshots (target_id, vantage_point, observed_at);
comment on table catalog.scan_snapshots is 'Traces kept hop by hop: every few traces of a target, and on each route change. A partition per month (UTC).';
comment on column catalog.scan_snapshots.target_id is 'Id of the target in targets.json.';
comment on column catalog.scan_snapshots.target_host is 'Host name that was measured.';
comment on column catalog.scan_snapshots.vantage_point is 'Where it was measured from.';
comment on column catalog.scan_snapshots.simulated is 'True when the lab was measured and not the internet.';
comment on column catalog.scan_snapshots.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column catalog.scan_snapshots.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column catalog.scan_snapshots.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column catalog.scan_snapshots.mode is 'How they left: RAW, UNPRIVILEGED or CONNECT.';
comment on column catalog.scan_snapshots.address is 'Address that was probed.';
comment on column catalog.scan_snapshots.reason is 'Why it was kept: CADENCE or ROUTE_CHANGE.';
comment on column catalog.scan_snapshots.trace_end is 'Why the trace ended where it did.';
comment on column catalog.scan_snapshots.route_hash is 'Short name of the route in force.';
comment on column catalog.scan_snapshots.hops is 'Array of {ttl, state, replies: [{address, rttNanos, labels}]}.';
--rollback drop table catalog.scan_snapshots;
