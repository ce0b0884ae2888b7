--liquibase formatted sql logicalFilePath:platform/052-usage.sql

--changeset nettrace:nodes
create table platform.nodes (
  node      uuid primary key,
  last_seen timestamptz not null default clock_timestamp(),
  report    bigint not null default 0
);
create index nodes_last_seen on platform.nodes (last_seen);
comment on table platform.nodes is 'The running servers; those that fall silent for some seconds are taken for dead.';
comment on column platform.nodes.node is 'Made anew at each start.';
comment on column platform.nodes.last_seen is 'When it last said that it lives.';
comment on column platform.nodes.report is 'Number of its last report of usage that was booked; the same report is not booked twice.';
--rollback drop table platform.nodes;

--changeset nettrace:usage-days
create table platform.usage_days (
  tenant_id  uuid not null,
  day        date not null,
  granted    bigint not null default 0,
  last_grant bigint not null default 0,
  used       bigint not null default 0,
  refused    bigint not null default 0,
  primary key (tenant_id, day)
);
comment on table platform.usage_days is 'The ledger of calls to the API. Nodes take slices of a day''s quota here and book what was used of them; what was granted never exceeds the quota of a limited plan.';
comment on column platform.usage_days.tenant_id is 'Who called.';
comment on column platform.usage_days.day is 'From midnight to midnight, UTC.';
comment on column platform.usage_days.granted is 'Calls that nodes hold or held slices for, without what they gave back.';
comment on column platform.usage_days.last_grant is 'Size of the slice that was taken last: how the statement that takes it says how large it is.';
comment on column platform.usage_days.used is 'Calls that were answered and count.';
comment on column platform.usage_days.refused is 'Calls that a limit turned away.';
--rollback drop table platform.usage_days;

--changeset nettrace:quota-notices
create table platform.quota_notices (
  tenant_id  uuid not null,
  day        date not null,
  percent    smallint not null,
  used       bigint not null,
  quota      bigint not null,
  noticed_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, day, percent)
);
comment on table platform.quota_notices is 'Which tenants were told, on which day, that so much of the day''s quota is used: each once.';
comment on column platform.quota_notices.tenant_id is 'Who is told.';
comment on column platform.quota_notices.day is 'The day of the quota, UTC.';
comment on column platform.quota_notices.percent is 'How much of the quota: 75, 90 or 100.';
comment on column platform.quota_notices.used is 'Calls used when it was noticed.';
comment on column platform.quota_notices.quota is 'The day''s quota then.';
comment on column platform.quota_notices.noticed_at is 'When.';
--rollback drop table platform.quota_notices;
