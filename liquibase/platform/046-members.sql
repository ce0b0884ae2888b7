--liquibase formatted sql logicalFilePath:platform/046-members.sql

--changeset nettrace:members
create table platform.members (
  tenant_id  uuid not null,
  account_id uuid not null references platform.accounts (id),
  role       text not null,
  since      timestamptz not null,
  primary key (tenant_id, account_id)
);
create index members_account on platform.members (account_id);
comment on table platform.members is 'Who belongs to which tenant, and as what.';
comment on column platform.members.tenant_id is 'The tenant.';
comment on column platform.members.account_id is 'The person.';
comment on column platform.members.role is 'OWNER, ADMIN, BILLING, ANALYST, VIEWER or AUDITOR.';
comment on column platform.members.since is 'When the person joined.';

create table platform.invitations (
  id         uuid primary key,
  tenant_id  uuid not null,
  email      text not null,
  email_key  text not null,
  role       text not null,
  invited_by uuid references platform.accounts (id) on delete set null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  unique (tenant_id, email_key)
);
create index invitations_expiry on platform.invitations (expires_at);
comment on table platform.invitations is 'Who was asked to join a tenant and has not yet; the link in the mail names the row.';
comment on column platform.invitations.id is 'UUIDv7.';
comment on column platform.invitations.tenant_id is 'The tenant.';
comment on column platform.invitations.email is 'Where the invitation was sent.';
comment on column platform.invitations.email_key is 'The address as it is compared; one invitation each.';
comment on column platform.invitations.role is 'What the person will be.';
comment on column platform.invitations.invited_by is 'Who asked.';
comment on column platform.invitations.created_at is 'When it was sent.';
comment on column platform.invitations.expires_at is 'From when on it is worth nothing.';
--rollback drop table platform.invitations; drop table platform.members;
