--liquibase formatted sql logicalFilePath:catalog/010-series.sql

--changeset nettrace:series
create table catalog.series (
  id            integer generated always as identity primary key,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  method        text not null,
  mode          text not null,
  address       inet not null,
  unique (target_id, vantage_point, method, address, mode, target_host, simulated)
);
comment on table catalog.series is 'What bursts of one kind have in common, written once: bursts name it by its number.';
comment on column catalog.series.id is 'Number by which the other tables name it; of this database, not of the world.';
comment on column catalog.series.target_id is 'Id of the target in targets.json.';
comment on column catalog.series.vantage_point is 'Where it was measured from.';
comment on column catalog.series.target_host is 'Host name that was measured.';
comment on column catalog.series.simulated is 'True when the lab was measured and not the internet.';
comment on column catalog.series.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column catalog.series.mode is 'How they left: RAW, UNPRIVILEGED or CONNECT.';
comment on column catalog.series.address is 'Address that was probed.';
--rollback drop table catalog.series;
