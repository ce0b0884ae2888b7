--liquibase formatted sql logicalFilePath:platform/042-one-time-tokens.sql

--changeset nettrace:one-time-tokens
create table platform.one_time_tokens (
  hash        bytea primary key,
  purpose     text not null,
  account_id  uuid references platform.accounts (id) on delete cascade,
  tenant_id   uuid,
  payload     jsonb not null,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  consumed_at timestamptz
);
create index one_time_tokens_expiry on platform.one_time_tokens (expires_at);
create index one_time_tokens_account on platform.one_time_tokens (account_id, purpose) where account_id is not null;
create index one_time_tokens_tenant on platform.one_time_tokens (tenant_id) where tenant_id is not null;
comment on table platform.one_time_tokens is 'What was promised to whoever shows a token: links in mails, second steps of a sign-in, challenges of passkeys.';
comment on column platform.one_time_tokens.hash is 'SHA-256 of the token, which itself is not kept.';
comment on column platform.one_time_tokens.purpose is 'What it is good for; it is worth nothing elsewhere.';
comment on column platform.one_time_tokens.account_id is 'Whose it is; null when there is no account yet, or anybody may use it.';
comment on column platform.one_time_tokens.tenant_id is 'With which tenant it is forgotten.';
comment on column platform.one_time_tokens.payload is 'What has to be remembered until it is used.';
comment on column platform.one_time_tokens.created_at is 'When it was issued.';
comment on column platform.one_time_tokens.expires_at is 'From when on it is worth nothing.';
comment on column platform.one_time_tokens.consumed_at is 'When it was used; never twice.';
--rollback drop table platform.one_time_tokens;
