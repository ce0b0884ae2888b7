--liquibase formatted sql logicalFilePath:platform/170-data-keys.sql

--changeset nettrace:data-keys
create table platform.data_keys (
  id         uuid primary key,
  tenant_id  uuid unique nulls not distinct,
  wrapped    bytea not null,
  wrapped_by text not null,
  created_at timestamptz not null
);
comment on table platform.data_keys is 'Keys that secrets are sealed with, one for each tenant and one for what belongs to none; encrypted. Without its row, what a key sealed opens nowhere.';
comment on column platform.data_keys.tenant_id is 'Whose secrets it seals; null for those of no tenant.';
comment on column platform.data_keys.wrapped is 'The key, encrypted with the installation''s.';
comment on column platform.data_keys.wrapped_by is 'Which key of the installation encrypted it: an identifier that tells nothing of it.';
--rollback drop table platform.data_keys;
