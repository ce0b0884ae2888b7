--liquibase formatted sql logicalFilePath:platform/011-leases.sql

--changeset nettrace:scanners
create table platform.scanners (
  instance       uuid primary key,
  vantage_point  text not null references platform.vantage_points (name),
  spool          uuid not null,
  grant_number   bigint not null default 0,
  lease_until    timestamptz not null default 'epoch',
  told_sole      boolean not null default false,
  sole           boolean not null default false,
  first_seen     timestamptz not null default clock_timestamp(),
  last_seen      timestamptz not null default clock_timestamp(),
  waiting        integer not null default 0,
  waiting_bytes  bigint not null default 0,
  thinned_traces bigint not null default 0,
  dropped_traces bigint not null default 0,
  dropped_bursts bigint not null default 0,
  quarantined    bigint not null default 0
);
create index scanners_vantage_point on platform.scanners (vantage_point);
comment on table platform.scanners is 'Scanner installations; several may share a vantage point.';
comment on column platform.scanners.instance is 'Kept in the scanner''s spool folder: the same after a restart.';
comment on column platform.scanners.spool is 'Numbering of its present run''s deliveries.';
comment on column platform.scanners.grant_number is 'Number of its last grant; raised when the grant says something new.';
comment on column platform.scanners.lease_until is 'Until when it may measure, at least as long as it may believe so itself.';
comment on column platform.scanners.told_sole is 'Its last grant said that it is the only one: it goes on measuring when nobody can be reached.';
comment on column platform.scanners.sole is 'It may still believe that it is the only one.';
comment on column platform.scanners.waiting is 'Deliveries in its spool.';
comment on column platform.scanners.waiting_bytes is 'Their size.';
comment on column platform.scanners.thinned_traces is 'Traces of this run that lost their hops because the spool was full.';
comment on column platform.scanners.dropped_traces is 'Traces of this run given up because the spool was full.';
comment on column platform.scanners.dropped_bursts is 'Bursts of this run given up because the spool was full.';
comment on column platform.scanners.quarantined is 'Damaged files of its spool that were set aside.';
--rollback drop table platform.scanners;

--changeset nettrace:slices
create table platform.slices (
  vantage_point text not null references platform.vantage_points (name),
  slice         smallint not null,
  instance      uuid references platform.scanners (instance),
  leaving       boolean not null default false,
  until         timestamptz not null default 'epoch',
  primary key (vantage_point, slice)
);
create index slices_instance on platform.slices (instance);
comment on table platform.slices is 'Which scanner measures which part of a vantage point''s targets. A held slice is held until its scanner''s lease_until.';
comment on column platform.slices.slice is 'Part of the targets: a hash of the target''s id.';
comment on column platform.slices.instance is 'Who may measure it; null when nobody.';
comment on column platform.slices.leaving is 'Its scanner was told to give it up and has not confirmed yet.';
comment on column platform.slices.until is 'Of a free or leaving slice: when it was or will be free.';
--rollback drop table platform.slices;

--changeset nettrace:trace-requests
create table platform.trace_requests (
  vantage_point text not null,
  target_id     text not null,
  slice         smallint not null,
  asked_at      timestamptz not null,
  primary key (vantage_point, target_id)
);
comment on table platform.trace_requests is 'Targets that somebody wants traced at once; taken by the scanner that measures them.';
comment on column platform.trace_requests.slice is 'The target''s part of the vantage point.';
comment on column platform.trace_requests.asked_at is 'When; what nobody took for an hour is forgotten.';
--rollback drop table platform.trace_requests;
