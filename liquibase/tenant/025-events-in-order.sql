--liquibase formatted sql logicalFilePath:tenant/025-events-in-order.sql

--changeset nettrace:events-in-order
alter table route_changes add column published_at timestamptz;
alter table edge_moves add column published_at timestamptz;
update route_changes set published_at = known_at;
update edge_moves set published_at = known_at;
create index route_changes_published on route_changes (published_at);
create index edge_moves_published on edge_moves (published_at);
create table published_until (
  only_row boolean primary key default true check (only_row),
  at       timestamptz not null
);
insert into published_until (at) values (clock_timestamp());
comment on column route_changes.published_at is 'When it entered the feed of events, given after the commit in single file, so that no earlier time follows a later one; null until then.';
comment on column edge_moves.published_at is 'When it entered the feed of events, given after the commit in single file, so that no earlier time follows a later one; null until then.';
comment on table published_until is 'The end of the feed of events. Its only row is locked by the transaction that publishes: whatever is published later gets a later time.';
comment on column published_until.only_row is 'Always true: there is one row.';
comment on column published_until.at is 'Every event published until this moment can be read.';
--rollback drop table published_until;
--rollback alter table route_changes drop column published_at;
--rollback alter table edge_moves drop column published_at;
