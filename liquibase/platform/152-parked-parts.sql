--liquibase formatted sql logicalFilePath:platform/152-parked-parts.sql

--changeset nettrace:parked-parts
create table platform.parked_parts (
  id           bigint generated always as identity primary key,
  tenant_id    uuid not null,
  spool        uuid not null,
  sequence     bigint not null,
  parked_at    timestamptz not null,
  measurements integer not null,
  bytes        integer not null,
  reason       text not null,
  content      bytea not null,
  unique (tenant_id, spool, sequence)
);
alter table platform.parked_parts alter column content set storage external;
create index parked_parts_of_tenant on platform.parked_parts (tenant_id, id) include (bytes);
create index parked_parts_parked_at on platform.parked_parts (parked_at);
comment on table platform.parked_parts is 'Parts of deliveries that wait for a tenant''s schema which is behind, locked or broken. They commit with the delivery''s number.';
comment on column platform.parked_parts.bytes is 'Of the content.';
comment on column platform.parked_parts.reason is 'Why it could not be stored when that was last tried, without any of its data.';
comment on column platform.parked_parts.content is 'The part as a delivery in the scanners'' JSON, deflated.';
--rollback drop table platform.parked_parts;
