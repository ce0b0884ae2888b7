--liquibase formatted sql logicalFilePath:platform/003-api-keys.sql

--changeset nettrace:api-keys
create table platform.api_keys (
  id         uuid primary key,
  name       text not null,
  prefix     text not null,
  last4      text not null,
  hash       bytea not null unique,
  created_at timestamptz not null,
  revoked_at timestamptz
);
comment on table platform.api_keys is 'Keys to the API. The key itself is shown once, when it is issued, and not kept.';
comment on column platform.api_keys.prefix is 'First characters of the key, to recognise it by.';
comment on column platform.api_keys.last4 is 'Last four characters of the key, to recognise it by.';
comment on column platform.api_keys.hash is 'HMAC-SHA-256 of the key under the server''s pepper.';
--rollback drop table platform.api_keys;
