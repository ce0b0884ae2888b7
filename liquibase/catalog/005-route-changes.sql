--liquibase formatted sql logicalFilePath:catalog/005-route-changes.sql

--changeset nettrace:route-changes
create table catalog.route_changes (
  observed_at   timestamptz not null,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  method        text not null,
  mode          text not null,
  address       inet not null,
  known_at      timestamptz not null,
  confirmed_at  timestamptz not null,
  kind          text not null,
  hash_before   text not null,
  hash_after    text not null,
  path_before   jsonb not null,
  path_after    jsonb not null,
  rtt_before    bigint,
  rtt_after     bigint,
  primary key (target_id, vantage_point, observed_at, method, address)
) partition by range (observed_at);
comment on table catalog.route_changes is 'Changes of route that a second trace confirmed. A partition per month (UTC).';
comment on column catalog.route_changes.target_id is 'Id of the target in targets.json.';
comment on column catalog.route_changes.target_host is 'Host name that was measured.';
comment on column catalog.route_changes.vantage_point is 'Where it was measured from.';
comment on column catalog.route_changes.simulated is 'True when the lab was measured and not the internet.';
comment on column catalog.route_changes.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column catalog.route_changes.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column catalog.route_changes.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column catalog.route_changes.mode is 'How they left: RAW, UNPRIVILEGED or CONNECT.';
comment on column catalog.route_changes.address is 'Address that was probed.';
comment on column catalog.route_changes.confirmed_at is 'When the confirming trace began; observed_at is that of the first trace that saw the new route.';
comment on column catalog.route_changes.kind is 'AS_PATH, IP_PATH or BALANCED.';
comment on column catalog.route_changes.hash_before is 'Short name of the route that was left.';
comment on column catalog.route_changes.hash_after is 'Short name of the route that was taken.';
comment on column catalog.route_changes.path_before is 'The canonical path that was left: an array, by distance, of arrays of addresses; an empty one is a silent hop.';
comment on column catalog.route_changes.path_after is 'The canonical path that was taken.';
comment on column catalog.route_changes.rtt_before is 'Nanoseconds to the target in the last trace over the old route; null when it did not answer.';
comment on column catalog.route_changes.rtt_after is 'Nanoseconds to the target in the confirming trace; null when it did not answer.';
--rollback drop table catalog.route_changes;
