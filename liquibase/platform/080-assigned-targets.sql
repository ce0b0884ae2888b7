--liquibase formatted sql logicalFilePath:platform/080-assigned-targets.sql

--changeset nettrace:assigned-targets
create table platform.assigned_targets (
  target_id           text primary key,
  tenant_id           uuid not null,
  host                text not null,
  port                integer not null,
  methods             text[] not null,
  burst_every_seconds integer not null,
  created_at          timestamptz not null
);
create index assigned_targets_tenant on platform.assigned_targets (tenant_id);
comment on table platform.assigned_targets is 'What scanners are to measure for tenants, copied from the tenants'' custom_targets: only those that are not paused, of tenants that are served and whose plan has custom targets.';
comment on column platform.assigned_targets.target_id is 'ct- and a UUID.';
comment on column platform.assigned_targets.tenant_id is 'For whom it is measured and in whose schema it is stored.';
comment on column platform.assigned_targets.host is 'Public name or address.';
comment on column platform.assigned_targets.port is 'For TCP and UDP.';
comment on column platform.assigned_targets.methods is 'ICMP, UDP, TCP in order of preference.';
comment on column platform.assigned_targets.burst_every_seconds is 'Time between two bursts.';
comment on column platform.assigned_targets.created_at is 'When the tenant added it.';

create table platform.tenant_target_syncs (
  id        uuid primary key,
  tenant_id uuid not null,
  entitled  boolean not null,
  marked_at timestamptz not null default clock_timestamp()
);
create index tenant_target_syncs_tenant on platform.tenant_target_syncs (tenant_id);
comment on table platform.tenant_target_syncs is 'Changes of tenants'' custom targets that are not in assigned_targets yet: marked before the change, taken away when it was copied. What a crash left is copied by a chore.';
comment on column platform.tenant_target_syncs.id is 'One change.';
comment on column platform.tenant_target_syncs.tenant_id is 'Whose targets may have changed.';
comment on column platform.tenant_target_syncs.entitled is 'Whether the tenant''s plan had custom targets then.';
comment on column platform.tenant_target_syncs.marked_at is 'When the change began.';
--rollback drop table platform.assigned_targets; drop table platform.tenant_target_syncs;
