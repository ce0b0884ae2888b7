--liquibase formatted sql logicalFilePath:events/001-events.sql

--changeset nettrace:events
create table events.events (
  seq bigint generated always as identity primary key,
  xid xid8 not null default pg_current_xact_id(),
  tenant_id uuid,
  type text collate "C" not null check (length(type) between 1 and 100),
  version smallint not null,
  subject text not null check (length(subject) <= 1000),
  actor text not null check (length(actor) between 1 and 200),
  at timestamptz not null default clock_timestamp(),
  body jsonb not null check (octet_length(body::text) <= 65536),
  brief boolean not null
);
create index events_in_order on events.events (xid, seq);
create index events_by_time on events.events (at);
create index events_for_operators on events.events (xid, seq) where not brief;
create index events_by_type on events.events (type, xid, seq);
create index events_of_installation on events.events (subject) where tenant_id is null and not brief;
create index events_briefly_kept on events.events (at) where brief;
create index events_by_tenant on events.events (tenant_id, seq);
comment on table events.events is 'What happened in this database, written in the transaction in which it happened. Readers go by (xid, seq) below pg_snapshot_xmin: by seq alone they would pass over transactions that commit late.';
comment on column events.xid is 'Transaction that wrote it; renumbered when the database was moved to another server.';
comment on column events.tenant_id is 'Whose it is; null for the catalogue and the installation.';
comment on column events.actor is 'Who made the change: person, key, scanner or system with an identifier, or operator.';
comment on column events.brief is 'Kept for a day only: one of many, which tell of what is on record elsewhere.';
--rollback drop table events.events;

--changeset nettrace:owners
create table events.owners (
  role text primary key,
  tenant_id uuid not null
);
comment on table events.owners is 'Tenant of each role that may publish here: what a tenant''s role publishes is stamped with its tenant.';
--rollback drop table events.owners;

--changeset nettrace:owners-of-today splitStatements:false
do $$
begin
  if to_regclass('platform.tenant_schemas') is not null then
    insert into events.owners (role, tenant_id)
      select role, tenant_id from platform.tenant_schemas where tenant_id is not null
      on conflict do nothing;
  end if;
end $$;
--rollback delete from events.owners;

--changeset nettrace:publish splitStatements:false
create function events.publish(
  for_tenant uuid, event_type text, event_version integer, of_subject text, by_actor text, event_body jsonb,
  event_brief boolean)
returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  publisher text := current_setting('role');
  stamped uuid := for_tenant;
begin
  -- a role that was taken on is a tenant's, whatever it says of itself
  if publisher <> 'none' then
    if split_part(event_type, '.', 1)
        not in ('scan', 'route', 'edge', 'deviation', 'target', 'watchlist', 'measurement') then
      raise exception 'a tenant does not publish %', event_type using errcode = '42501';
    end if;
    select o.tenant_id into stamped from events.owners o where o.role = publisher;
    if not found then
      -- claimed by a node of an earlier release
      select s.tenant_id into strict stamped from platform.tenant_schemas s where s.role = publisher;
    end if;
  end if;
  insert into events.events (tenant_id, type, version, subject, actor, body, brief)
    values (
      stamped, event_type, event_version::smallint, of_subject, by_actor, event_body, event_brief);
end $$;
revoke all on function events.publish(uuid, text, integer, text, text, jsonb, boolean) from public;
--rollback drop function events.publish(uuid, text, integer, text, text, jsonb, boolean);
