--liquibase formatted sql logicalFilePath:platform/045-factors.sql

--changeset nettrace:factors
create table platform.authenticator_apps (
  account_id   uuid primary key references platform.accounts (id) on delete cascade,
  secret       bytea not null,
  created_at   timestamptz not null,
  confirmed_at timestamptz,
  last_step    bigint not null
);
comment on table platform.authenticator_apps is 'Secrets of time-based one-time passwords (RFC 6238).';
comment on column platform.authenticator_apps.account_id is 'Whose it is; one a person.';
comment on column platform.authenticator_apps.secret is 'AES-256-GCM under the installation''s key, bound to the account.';
comment on column platform.authenticator_apps.created_at is 'When it was offered to the person.';
comment on column platform.authenticator_apps.confirmed_at is 'When the person showed a first code; it counts from then on.';
comment on column platform.authenticator_apps.last_step is 'Time step of the newest code that was accepted; no code of it or an older one is again.';

create table platform.recovery_codes (
  account_id uuid not null references platform.accounts (id) on delete cascade,
  hash       bytea not null,
  created_at timestamptz not null,
  primary key (account_id, hash)
);
comment on table platform.recovery_codes is 'What stands in for a lost factor, once each; a used code is gone.';
comment on column platform.recovery_codes.account_id is 'Whose it is.';
comment on column platform.recovery_codes.hash is 'SHA-256 of the code, which has 80 random bits and is not kept.';
comment on column platform.recovery_codes.created_at is 'When it was made.';

create table platform.passkeys (
  id              uuid primary key,
  account_id      uuid not null references platform.accounts (id) on delete cascade,
  name            text not null,
  credential_id   bytea not null unique,
  credential      bytea not null,
  sign_count      bigint not null,
  backup_eligible boolean not null,
  backed_up       boolean not null,
  created_at      timestamptz not null,
  last_used_at    timestamptz
);
create index passkeys_account on platform.passkeys (account_id);
comment on table platform.passkeys is 'Public keys of WebAuthn credentials.';
comment on column platform.passkeys.id is 'UUIDv7; names it in lists.';
comment on column platform.passkeys.account_id is 'Whose it is.';
comment on column platform.passkeys.name is 'What the person calls it.';
comment on column platform.passkeys.credential_id is 'What the authenticator calls it.';
comment on column platform.passkeys.credential is 'Attested credential data as the authenticator sent it: model, id, public key.';
comment on column platform.passkeys.sign_count is 'The authenticator''s counter at its last use; going back betrays a copy. 0 when it does not count.';
comment on column platform.passkeys.backup_eligible is 'Whether it may live on several devices.';
comment on column platform.passkeys.backed_up is 'Whether it did at its last use.';
comment on column platform.passkeys.created_at is 'When it was registered.';
comment on column platform.passkeys.last_used_at is 'When it was used last.';
--rollback drop table platform.passkeys; drop table platform.recovery_codes; drop table platform.authenticator_apps;
