--liquibase formatted sql logicalFilePath:platform/051-tenant-plans.sql

--changeset nettrace:tenant-plans
create table platform.tenant_plans (
  id        bigint generated always as identity primary key,
  tenant_id uuid not null,
  plan      text not null,
  since     timestamptz not null default clock_timestamp(),
  set_by    text not null
);
create index tenant_plans_tenant on platform.tenant_plans (tenant_id, id desc);
create index tenant_plans_since on platform.tenant_plans (since);
comment on table platform.tenant_plans is 'Which plan each tenant was on, and when. The row with the highest number is the present one; a tenant without any is on the first plan of the catalogue.';
comment on column platform.tenant_plans.id is 'Later changes of a tenant have higher numbers.';
comment on column platform.tenant_plans.tenant_id is 'Whose plan it is.';
comment on column platform.tenant_plans.plan is 'Its name in tenants/plans.json.';
comment on column platform.tenant_plans.since is 'When it was assigned, by the database''s clock: nodes read what changed since they last looked.';
comment on column platform.tenant_plans.set_by is 'Who assigned it: an account, or the part of the program.';
--rollback drop table platform.tenant_plans;
