--liquibase formatted sql logicalFilePath:platform/053-idempotency-keys.sql

--changeset nettrace:idempotency-keys
create table platform.idempotency_keys (
  name        bytea primary key,
  tenant_id   uuid not null,
  fingerprint bytea not null,
  claim       uuid not null,
  claimed_at  timestamptz not null,
  status      integer,
  media_type  text,
  location    text,
  tag         text,
  body        bytea
);
create index idempotency_keys_tenant on platform.idempotency_keys (tenant_id);
create index idempotency_keys_claimed_at on platform.idempotency_keys (claimed_at);
comment on table platform.idempotency_keys is 'Calls with an Idempotency-Key that are being done or were done within a day, and what they were answered with.';
comment on column platform.idempotency_keys.name is 'HKDF-SHA-256 of the key''s text, the server''s secret, the caller, the method and the path.';
comment on column platform.idempotency_keys.tenant_id is 'Who called.';
comment on column platform.idempotency_keys.fingerprint is 'SHA-256 of the call''s query, If-Match and body: the same key with another is refused.';
comment on column platform.idempotency_keys.claim is 'The request that does the call.';
comment on column platform.idempotency_keys.claimed_at is 'When it began. One without an answer is taken for dead after a minute.';
comment on column platform.idempotency_keys.status is 'HTTP status of the answer; null while the call is being done.';
comment on column platform.idempotency_keys.media_type is 'Content-Type of the answer.';
comment on column platform.idempotency_keys.location is 'Location of the answer.';
comment on column platform.idempotency_keys.tag is 'ETag of the answer.';
comment on column platform.idempotency_keys.body is 'The answer''s body under AES-256-GCM: version, nonce, ciphertext and tag. Its key is derived from the Idempotency-Key''s text, which is stored nowhere. Null while the call is being done.';
--rollback drop table platform.idempotency_keys;
