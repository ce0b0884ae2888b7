--liquibase formatted sql logicalFilePath:platform/001-vantage-points.sql

--changeset nettrace:vantage-points
create table platform.vantage_points (
  name                text primary key,
  simulated           boolean not null,
  mode                text not null,
  spool               uuid not null,
  assignment_digest   text not null,
  assignment_revision bigint not null,
  first_seen          timestamptz not null,
  last_seen           timestamptz not null
);
comment on table platform.vantage_points is 'Where we probe from: one row per scanner that ever introduced itself.';
comment on column platform.vantage_points.simulated is 'True when it measures the lab. Fixed at first sight: simulated and real measurements never share a vantage point.';
comment on column platform.vantage_points.mode is 'How its probes leave: RAW, UNPRIVILEGED or CONNECT; UNKNOWN until it said hello.';
comment on column platform.vantage_points.spool is 'Numbering of the deliveries of the scanner that spoke last.';
comment on column platform.vantage_points.assignment_digest is 'Fingerprint of what it is to measure; another fingerprint raises the revision.';
comment on column platform.vantage_points.assignment_revision is 'Number of the assignment; the scanner asks again when it hears a higher one.';
--rollback drop table platform.vantage_points;
