--liquibase formatted sql logicalFilePath:platform/121-tenant-settings.sql

--changeset nettrace:tenant-settings
create table platform.tenant_settings (
  tenant_id     uuid primary key,
  vantage_point text,
  origins       text[] not null check (cardinality(origins) <= 20),
  version       integer not null,
  changed_at    timestamptz not null,
  changed_by    text not null
);
comment on table platform.tenant_settings is 'How the API answers a tenant''s readers; one without a row has the installation''s default and no origins.';
comment on column platform.tenant_settings.tenant_id is 'The tenant.';
comment on column platform.tenant_settings.vantage_point is 'Name of the vantage point that is meant where none is named; null for the installation''s default.';
comment on column platform.tenant_settings.origins is 'Origins of web pages that may read answers to the tenant''s keys, as browsers write them.';
comment on column platform.tenant_settings.version is 'Counts the changes.';
comment on column platform.tenant_settings.changed_at is 'When it was changed last.';
comment on column platform.tenant_settings.changed_by is 'Who changed it last: an e-mail address, or the part of the program.';
--rollback drop table platform.tenant_settings;
