--liquibase formatted sql logicalFilePath:platform/043-sessions.sql

--changeset nettrace:sessions
create table platform.sessions (
  id            uuid primary key,
  hash          bytea not null unique,
  account_id    uuid not null references platform.accounts (id) on delete cascade,
  tenant_id     uuid,
  second_factor boolean not null,
  created_at    timestamptz not null,
  last_seen_at  timestamptz not null,
  stepped_up_at timestamptz not null,
  address       text not null,
  user_agent    text not null
);
create index sessions_account on platform.sessions (account_id);
create index sessions_tenant on platform.sessions (tenant_id) where tenant_id is not null;
comment on table platform.sessions is 'People who are signed in. A session that was revoked is gone.';
comment on column platform.sessions.id is 'UUIDv7; names the session in lists, opens nothing.';
comment on column platform.sessions.hash is 'SHA-256 of the session''s token, which itself is not kept.';
comment on column platform.sessions.account_id is 'Who is signed in.';
comment on column platform.sessions.tenant_id is 'For which of the person''s tenants; null when for none.';
comment on column platform.sessions.second_factor is 'Whether the person showed a second factor.';
comment on column platform.sessions.created_at is 'When the person signed in; the absolute limit counts from here.';
comment on column platform.sessions.last_seen_at is 'Last use, within a minute; the idle limit counts from here.';
comment on column platform.sessions.stepped_up_at is 'When a password or factor was shown last.';
comment on column platform.sessions.address is 'Network address at sign-in.';
comment on column platform.sessions.user_agent is 'What the browser called itself at sign-in.';
--rollback drop table platform.sessions;
