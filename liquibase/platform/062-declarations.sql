--liquibase formatted sql logicalFilePath:platform/062-declarations.sql

--changeset nettrace:declarations
create table platform.declarations (
  tenant_id  uuid primary key,
  scanners   jsonb not null,
  objectives jsonb not null,
  applied_at timestamptz not null
);
comment on table platform.declarations is 'Of tenants that are declared in files: what was declared and no component acts on yet.';
comment on column platform.declarations.scanners is 'Vantage points of its own, as declared.';
comment on column platform.declarations.objectives is 'What its targets are held to, as declared.';
comment on column platform.declarations.applied_at is 'When the declaration was applied last.';
--rollback drop table platform.declarations;
