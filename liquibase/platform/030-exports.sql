--liquibase formatted sql logicalFilePath:platform/030-exports.sql

--changeset nettrace:exports
create table platform.exports (
  id            uuid primary key,
  ordered_at    timestamptz not null,
  range_start   timestamptz not null,
  range_end     timestamptz not null,
  as_of         timestamptz not null,
  vantage_point text not null,
  simulated     boolean not null,
  format        text not null,
  compression   text not null,
  estimated     bigint not null,
  state         text not null,
  failure       text,
  claimed_by    uuid,
  claimed_until timestamptz,
  started_at    timestamptz,
  finished_at   timestamptz,
  expires_at    timestamptz
);
create index exports_waiting on platform.exports (ordered_at) where state in ('QUEUED', 'RUNNING');
comment on table platform.exports is 'Orders for files of measurements, and how far they are.';
comment on column platform.exports.id is 'UUIDv7: later orders sort after earlier ones.';
comment on column platform.exports.as_of is 'The record as it was known then; fixed when the order was taken.';
comment on column platform.exports.estimated is 'Bytes that the files were expected to have.';
comment on column platform.exports.state is 'QUEUED, RUNNING, DONE, FAILED, CANCELLED or EXPIRED.';
comment on column platform.exports.claimed_by is 'The node that makes the files; once claimed_until has passed another may.';
comment on column platform.exports.expires_at is 'When the files are thrown away.';

create table platform.export_files (
  export_id uuid not null references platform.exports (id) on delete cascade,
  position  integer not null,
  target_id text not null,
  host      text not null,
  name      text not null,
  row_count bigint,
  bytes     bigint,
  sha256    bytea,
  done_at   timestamptz,
  primary key (export_id, position),
  unique (export_id, name)
);
comment on table platform.export_files is 'The files of an export, one per host; those with done_at are whole.';

create table platform.export_pieces (
  export_id uuid not null,
  position  integer not null,
  piece     integer not null,
  content   bytea not null,
  primary key (export_id, position, piece),
  foreign key (export_id, position) references platform.export_files (export_id, position) on delete cascade
);
alter table platform.export_pieces alter column content set storage external;
comment on table platform.export_pieces is 'The bytes of an export file, in pieces of equal length except the last.';
--rollback drop table platform.export_pieces; drop table platform.export_files; drop table platform.exports;
