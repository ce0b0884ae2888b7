--liquibase formatted sql logicalFilePath:catalog/111-arrivals.sql

--changeset nettrace:arrivals
create table catalog.arrivals (
  vantage_point text primary key,
  noted_since   timestamptz not null,
  known_until   timestamptz not null
);
-- nodes of the release before store on for a while, and enter nothing here
insert into catalog.arrivals
  select vantage_point, clock_timestamp() + interval '1 day', clock_timestamp()
  from (select vantage_point from catalog.series
        union select vantage_point from catalog.current_routes) measured;
create table catalog.late_arrivals (
  vantage_point text not null,
  known_at      timestamptz not null,
  measured_from timestamptz not null,
  primary key (vantage_point, known_at)
);
comment on table catalog.arrivals is 'How far the record of each vantage point is known. A transaction that stores its measurements locks the row and takes a known_at later than any before, so that known_at goes in the order of commits.';
comment on column catalog.arrivals.vantage_point is 'Where it was measured from.';
comment on column catalog.arrivals.noted_since is 'What became known since then and was measured much earlier is named in late_arrivals.';
comment on column catalog.arrivals.known_until is 'The newest known_at; whatever has it or an earlier one can be read.';
comment on table catalog.late_arrivals is 'Measurements that were stored minutes after they were taken or later: how far back a reader has to look for what became known at a time.';
comment on column catalog.late_arrivals.vantage_point is 'Where it was measured from.';
comment on column catalog.late_arrivals.known_at is 'When they were stored.';
comment on column catalog.late_arrivals.measured_from is 'When the first of them began.';
--rollback drop table catalog.arrivals; drop table catalog.late_arrivals;
