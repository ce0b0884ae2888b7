--liquibase formatted sql logicalFilePath:platform/031-exports-of-tenants.sql

--changeset nettrace:exports-of-tenants
-- what was ordered before there were tenants is the demo tenant's
alter table platform.exports add column tenant_id uuid not null default '00000000-0000-7000-8000-000000000001';
alter table platform.export_files
  add column tenant_id uuid not null default '00000000-0000-7000-8000-000000000001',
  add column own boolean not null default false;
alter table platform.export_pieces add column tenant_id uuid not null default '00000000-0000-7000-8000-000000000001';
alter table platform.exports alter column tenant_id drop default;
alter table platform.export_files alter column tenant_id drop default, alter column own drop default;
alter table platform.export_pieces alter column tenant_id drop default;
create index exports_tenant on platform.exports (tenant_id, id);
create index export_files_tenant on platform.export_files (tenant_id);
create index export_pieces_tenant on platform.export_pieces (tenant_id);
comment on column platform.exports.tenant_id is 'Who ordered it; nobody else finds it.';
comment on column platform.export_files.tenant_id is 'Whose export it is part of.';
comment on column platform.export_files.own is 'Whether the target is the tenant''s own, so that its bursts stand in the tenant''s schema.';
comment on column platform.export_pieces.tenant_id is 'Whose export it is part of.';
--rollback alter table platform.exports drop column tenant_id; alter table platform.export_files drop column tenant_id, drop column own; alter table platform.export_pieces drop column tenant_id;
