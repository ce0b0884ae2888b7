--liquibase formatted sql logicalFilePath:platform/047-tenant-policies.sql

--changeset nettrace:tenant-policies
create table platform.tenant_policies (
  tenant_id             uuid primary key,
  idle_minutes          integer not null check (idle_minutes between 5 and 1440),
  absolute_minutes      integer not null check (absolute_minutes between 15 and 10080),
  require_second_factor boolean not null
);
comment on table platform.tenant_policies is 'What a tenant demands of its people''s sessions; one without a row has the installation''s settings.';
comment on column platform.tenant_policies.tenant_id is 'The tenant.';
comment on column platform.tenant_policies.idle_minutes is 'How long a session lives unused.';
comment on column platform.tenant_policies.absolute_minutes is 'How long a session lives at most.';
comment on column platform.tenant_policies.require_second_factor is 'Whether sessions without a second factor may do nothing for this tenant.';
--rollback drop table platform.tenant_policies;
