--liquibase formatted sql logicalFilePath:catalog/110-events-in-order.sql

--changeset nettrace:events-in-order
alter table catalog.route_changes add column published_at timestamptz;
alter table catalog.edge_moves add column published_at timestamptz;
alter table catalog.deviations add column published_at timestamptz;
update catalog.route_changes set published_at = known_at;
update catalog.edge_moves set published_at = known_at;
update catalog.deviations set published_at = known_at;
create index route_changes_published on catalog.route_changes (published_at);
create index edge_moves_published on catalog.edge_moves (published_at);
create index deviations_published on catalog.deviations (published_at);
create table catalog.published_until (
  only_row boolean primary key default true check (only_row),
  at       timestamptz not null
);
insert into catalog.published_until (at) values (clock_timestamp());
comment on column catalog.route_changes.published_at is 'When it entered the feed of events, given after the commit in single file, so that no earlier time follows a later one; null until then.';
comment on column catalog.edge_moves.published_at is 'When it entered the feed of events, given after the commit in single file, so that no earlier time follows a later one; null until then.';
comment on column catalog.deviations.published_at is 'When it entered the feed of events, given after the commit in single file, so that no earlier time follows a later one; null until then.';
comment on table catalog.published_until is 'The end of the feed of events. Its only row is locked by the transaction that publishes: whatever is published later gets a later time.';
comment on column catalog.published_until.only_row is 'Always true: there is one row.';
comment on column catalog.published_until.at is 'Every event published until this moment can be read.';
--rollback drop table catalog.published_until;
--rollback alter table catalog.route_changes drop column published_at;
--rollback alter table catalog.edge_moves drop column published_at;
--rollback alter table catalog.deviations drop column published_at;
