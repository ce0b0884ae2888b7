--liquibase formatted sql logicalFilePath:platform/060-tenants.sql

--changeset nettrace:tenants
create table platform.installation (
  id          integer primary key check (id = 1),
  owner_role  text not null,
  reader_role text not null
);
comment on table platform.installation is 'One row: names of this installation''s PostgreSQL roles. Roles belong to the whole cluster, so the names hold a random part.';
comment on column platform.installation.owner_role is 'Role without login that owns every tenant''s schema and tables; migrations take it on.';
comment on column platform.installation.reader_role is 'Role without login that may read the schema catalog; every tenant''s role is its member.';

create table platform.cells (
  cell      integer primary key,
  login     text not null unique,
  exclusive boolean not null
);
comment on table platform.cells is 'Logins under which tenants'' connections are made. A cell reaches its own tenants'' roles and nothing else.';
comment on column platform.cells.login is 'PostgreSQL role with login and NOINHERIT; it owns nothing. Its password follows from nettrace.tenant.cell-secret.';
comment on column platform.cells.exclusive is 'True when it serves a single tenant.';

create table platform.tenants (
  id            uuid primary key,
  slug          text not null unique,
  skeleton      text not null unique,
  name          text not null,
  kind          text not null,
  state         text not null,
  state_since   timestamptz not null,
  created_at    timestamptz not null,
  pending_until timestamptz,
  deletion_due  timestamptz
);
comment on table platform.tenants is 'Who there is. Where a tenant''s data lives stands in tenant_schemas.';
comment on column platform.tenants.slug is 'Short name in addresses; a made-up one once the tenant is deleted.';
comment on column platform.tenants.skeleton is 'The slug with characters that look alike made the same, so that nobody can pass for another.';
comment on column platform.tenants.name is 'As people write it; empty once the tenant is deleted.';
comment on column platform.tenants.kind is 'CUSTOMER, DEMO or CANARY.';
comment on column platform.tenants.state is 'PENDING, ACTIVE, PAST_DUE, SUSPENDED, DELETING or DELETED.';
comment on column platform.tenants.pending_until is 'A sign-up that is not confirmed by then is forgotten.';
comment on column platform.tenants.deletion_due is 'When the data of a tenant that is being deleted goes.';
create index tenants_due on platform.tenants (deletion_due) where deletion_due is not null;
create index tenants_pending on platform.tenants (pending_until) where pending_until is not null;

create table platform.retired_slugs (
  digest     bytea primary key,
  retired_at timestamptz not null
);
comment on table platform.retired_slugs is 'Slugs of deleted tenants, which nobody gets again.';
comment on column platform.retired_slugs.digest is 'SHA-256 of the skeleton: enough to refuse it, not enough to read it.';

create table platform.tenant_schemas (
  schema    text primary key,
  role      text not null unique,
  cell      integer not null,
  version   integer not null,
  digest    text not null,
  tenant_id uuid unique,
  built_at  timestamptz not null,
  failure   text,
  failed_at timestamptz
);
comment on table platform.tenant_schemas is 'Every tenant schema there is, also those that wait for a tenant.';
comment on column platform.tenant_schemas.role is 'Role without login that may read and write the schema.';
comment on column platform.tenant_schemas.cell is 'Login that may take the role on.';
comment on column platform.tenant_schemas.version is 'How many change sets of the tenants'' change log are applied.';
comment on column platform.tenant_schemas.digest is 'SHA-256 of those change sets.';
comment on column platform.tenant_schemas.tenant_id is 'Whose it is; null while it waits.';
comment on column platform.tenant_schemas.failure is 'Why its last migration failed; null when it did not.';
create index tenant_schemas_waiting on platform.tenant_schemas (built_at) where tenant_id is null;
--rollback drop table platform.tenant_schemas; drop table platform.retired_slugs; drop table platform.tenants; drop table platform.cells; drop table platform.installation;
