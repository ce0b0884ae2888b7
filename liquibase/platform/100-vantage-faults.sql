--liquibase formatted sql logicalFilePath:platform/100-vantage-faults.sql

--changeset nettrace:vantage-faults
create table platform.vantage_faults (
  vantage_point text        not null,
  kind          text        not null,
  began_at      timestamptz not null,
  spool         uuid        not null,
  ended_at      timestamptz,
  targets       integer     not null,
  reason        text        not null,
  known_at      timestamptz not null,
  primary key (vantage_point, kind, began_at, spool)
);
create index vantage_faults_open on platform.vantage_faults (vantage_point) where ended_at is null;
comment on table platform.vantage_faults is 'Faults of vantage points themselves, during which nothing is said of their targets.';
comment on column platform.vantage_faults.kind is 'LINE, RESOLVER or CLOCK.';
comment on column platform.vantage_faults.spool is 'The run of the scanner that told it.';
comment on column platform.vantage_faults.ended_at is 'When it was over; null while it lasts.';
comment on column platform.vantage_faults.targets is 'How many targets could not be measured because of it.';
comment on column platform.vantage_faults.known_at is 'When it was told first.';
--rollback drop table platform.vantage_faults;
