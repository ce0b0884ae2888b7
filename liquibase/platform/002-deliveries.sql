--liquibase formatted sql logicalFilePath:platform/002-deliveries.sql

--changeset nettrace:deliveries
create table platform.deliveries (
  spool         uuid not null,
  sequence      bigint not null,
  vantage_point text not null references platform.vantage_points (name),
  sealed_at     timestamptz not null,
  stored_at     timestamptz not null,
  accepted      integer not null,
  refused       integer not null,
  primary key (spool, sequence)
);
create index deliveries_stored_at on platform.deliveries (stored_at);
comment on table platform.deliveries is 'Deliveries that were stored, each exactly once; written in the transaction that stores their measurements.';
comment on column platform.deliveries.spool is 'Numbering the sequence belongs to; a scanner that lost its spool starts a new one.';
comment on column platform.deliveries.accepted is 'Measurements stored.';
comment on column platform.deliveries.refused is 'Measurements not believed: unknown target, absurd time or value.';
--rollback drop table platform.deliveries;
