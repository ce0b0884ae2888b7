--liquibase formatted sql logicalFilePath:platform/041-accounts.sql

--changeset nettrace:accounts
create table platform.accounts (
  id                    uuid primary key,
  email                 text not null,
  email_key             text not null unique,
  name                  text not null,
  created_at            timestamptz not null,
  verified_at           timestamptz,
  password_hash         text not null,
  password_stands_alone boolean not null,
  password_changed_at   timestamptz not null
);
comment on table platform.accounts is 'People. A person may belong to several tenants; see platform.members.';
comment on column platform.accounts.id is 'UUIDv7; also the user handle of passkeys.';
comment on column platform.accounts.email is 'As the person writes it.';
comment on column platform.accounts.email_key is 'As addresses are compared: in lower case, the domain in ASCII.';
comment on column platform.accounts.name is 'What others see.';
comment on column platform.accounts.created_at is 'When the account was made.';
comment on column platform.accounts.verified_at is 'When it was shown that mail to the address reaches the person; nobody signs in before.';
comment on column platform.accounts.password_hash is 'PHC string: algorithm, parameters, salt and hash.';
comment on column platform.accounts.password_stands_alone is 'Whether the password is long enough to be the only factor.';
comment on column platform.accounts.password_changed_at is 'When the password was set.';
--rollback drop table platform.accounts;
