--liquibase formatted sql logicalFilePath:platform/160-vantage-owners.sql

--changeset nettrace:vantage-owners
alter table platform.vantage_points
  add column tenant_id uuid references platform.tenants (id),
  add column policy text not null default 'SHARED',
  alter column spool drop not null,
  add constraint vantage_points_policy check (
    (policy = 'SHARED' and tenant_id is null)
    or (policy in ('OWN', 'OWN_AND_CATALOGUE') and tenant_id is not null));
comment on table platform.vantage_points is 'Where we probe from: registered by an operator, or introduced by a scanner with the shared token.';
comment on column platform.vantage_points.tenant_id is 'Whose it is; null for the installation''s, which are shared.';
comment on column platform.vantage_points.policy is 'What it measures. SHARED: the catalogue and all tenants'' own targets; OWN: its tenant''s targets; OWN_AND_CATALOGUE: those and the catalogue''s.';
comment on column platform.vantage_points.spool is 'Numbering of the deliveries of the scanner that spoke last; null until one said hello.';
--rollback alter table platform.vantage_points drop constraint vantage_points_policy, drop column policy, drop column tenant_id;

--changeset nettrace:scanner-credentials
create table platform.scanner_credentials (
  id            uuid primary key,
  vantage_point text not null references platform.vantage_points (name),
  selector      bigint not null,
  digest        bytea not null unique,
  issued_at     timestamptz not null,
  expires_at    timestamptz,
  revoked_at    timestamptz,
  last_used_at  timestamptz
);
create index scanner_credentials_selector on platform.scanner_credentials (selector);
create index scanner_credentials_vantage_point on platform.scanner_credentials (vantage_point);
comment on table platform.scanner_credentials is 'What scanners present; each opens the door for one vantage point.';
comment on column platform.scanner_credentials.selector is 'First eight bytes of the digest: what it is looked up by.';
comment on column platform.scanner_credentials.digest is 'SHA-256 of the credential, which itself is not kept.';
comment on column platform.scanner_credentials.expires_at is 'When it ends because it was replaced; null for one that was not.';
comment on column platform.scanner_credentials.revoked_at is 'When it was withdrawn.';
comment on column platform.scanner_credentials.last_used_at is 'When it was presented last, to the minute.';
--rollback drop table platform.scanner_credentials;

--changeset nettrace:scanners-of-vantage-points
alter table platform.slices drop constraint slices_instance_fkey;
alter table platform.scanners drop constraint scanners_pkey;
alter table platform.scanners add primary key (vantage_point, instance);
alter table platform.slices
  add foreign key (vantage_point, instance) references platform.scanners (vantage_point, instance);
drop index platform.scanners_vantage_point;
comment on table platform.scanners is 'Scanner installations by vantage point; several may share one. None takes the place of an installation elsewhere, whatever identifier it tells.';
--rollback alter table platform.slices drop constraint slices_vantage_point_instance_fkey;
--rollback alter table platform.scanners drop constraint scanners_pkey;
--rollback alter table platform.scanners add primary key (instance);
--rollback alter table platform.slices add constraint slices_instance_fkey foreign key (instance) references platform.scanners (instance);
--rollback create index scanners_vantage_point on platform.scanners (vantage_point);
