--liquibase formatted sql logicalFilePath:catalog/021-edge-moves.sql

--changeset nettrace:edge-moves
create table catalog.edge_moves (
  observed_at      timestamptz not null,
  target_id        text not null,
  vantage_point    text not null,
  target_host      text not null,
  simulated        boolean not null,
  known_at         timestamptz not null,
  kind             text not null,
  addresses_before inet[] not null,
  addresses_after  inet[] not null,
  asn_before       bigint,
  asn_after        bigint,
  returned         boolean not null,
  primary key (target_id, vantage_point, observed_at)
);
create index edge_moves_time on catalog.edge_moves (observed_at);
comment on table catalog.edge_moves is 'The name service sent a host''s visitors elsewhere: its answer set changed. No change of route, although delays may change with it.';
comment on column catalog.edge_moves.observed_at is 'When the new answer was given, by the scanner''s clock.';
comment on column catalog.edge_moves.target_id is 'Id of the target in targets.json.';
comment on column catalog.edge_moves.vantage_point is 'Where the name was resolved.';
comment on column catalog.edge_moves.target_host is 'Host name that was resolved.';
comment on column catalog.edge_moves.simulated is 'True when the lab answered and not the internet.';
comment on column catalog.edge_moves.known_at is 'When it was stored here.';
comment on column catalog.edge_moves.kind is 'PROBED_ADDRESS: another address is probed now; ANSWER_SET: only others were exchanged.';
comment on column catalog.edge_moves.addresses_before is 'All addresses, the probed one first.';
comment on column catalog.edge_moves.addresses_after is 'All addresses, the probed one first.';
comment on column catalog.edge_moves.asn_before is 'Autonomous system of the address probed before; null when unknown.';
comment on column catalog.edge_moves.asn_after is 'Autonomous system of the address probed now; null when unknown.';
comment on column catalog.edge_moves.returned is 'The address probed now was among an earlier answer of the last days.';
--rollback drop table catalog.edge_moves;
