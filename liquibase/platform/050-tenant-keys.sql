--liquibase formatted sql logicalFilePath:platform/050-tenant-keys.sql

--changeset nettrace:tenant-keys
alter table platform.api_keys
  add column tenant_id    uuid not null default '00000000-0000-7000-8000-000000000001',
  add column kind         text not null default 'LIVE',
  add column scopes       text[] not null default '{READ_MEASUREMENTS,ORDER_EXPORTS,READ_USAGE}',
  add column allowed_from text[] not null default '{}',
  add column created_by   uuid,
  add column replaces     uuid,
  add column expires_at   timestamptz not null default now() + interval '1 year',
  add column changed_at   timestamptz not null default clock_timestamp();
alter table platform.api_keys
  alter column tenant_id drop default,
  alter column kind drop default,
  alter column scopes drop default,
  alter column allowed_from drop default,
  alter column expires_at drop default;
create index api_keys_tenant on platform.api_keys (tenant_id, created_at desc);
create index api_keys_changed_at on platform.api_keys (changed_at);
comment on column platform.api_keys.tenant_id is 'Whose key it is. Keys from before there were tenants went to the demo tenant.';
comment on column platform.api_keys.kind is 'LIVE, or TEST: one that may only read.';
comment on column platform.api_keys.scopes is 'What it may do. Keys from before there were scopes kept what they could do then.';
comment on column platform.api_keys.allowed_from is 'Networks in CIDR notation that it may be used from; empty means from everywhere.';
comment on column platform.api_keys.created_by is 'The account that issued it; null when no person did.';
comment on column platform.api_keys.replaces is 'The key it was rotated from.';
comment on column platform.api_keys.expires_at is 'It is refused from then on. Keys from before there were expiries got a year.';
comment on column platform.api_keys.changed_at is 'When anything of the row was last changed, by the database''s clock: nodes read what changed since they last looked.';
--rollback drop index platform.api_keys_changed_at; drop index platform.api_keys_tenant; alter table platform.api_keys drop column tenant_id, drop column kind, drop column scopes, drop column allowed_from, drop column created_by, drop column replaces, drop column expires_at, drop column changed_at;

--changeset nettrace:api-key-uses
create table platform.api_key_uses (
  key_id    uuid primary key,
  tenant_id uuid not null,
  used_at   timestamptz not null,
  used_from text not null
);
create index api_key_uses_tenant on platform.api_key_uses (tenant_id);
comment on table platform.api_key_uses is 'When each key was last used; written at most once a minute per key and node, apart from the keys so that use never waits for a change.';
comment on column platform.api_key_uses.key_id is 'The key.';
comment on column platform.api_key_uses.tenant_id is 'Whose key it is.';
comment on column platform.api_key_uses.used_at is 'When it was last accepted, to a minute.';
comment on column platform.api_key_uses.used_from is 'The address it was used from then.';
--rollback drop table platform.api_key_uses;
