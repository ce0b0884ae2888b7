--liquibase formatted sql logicalFilePath:tenant/002-watch-lists.sql

--changeset nettrace:watch-lists
create table watch_lists (
  id         uuid primary key,
  name       text not null unique,
  target_ids text[] not null,
  created_at timestamptz not null,
  version    integer not null
);
comment on table watch_lists is 'Targets that belong together for this tenant.';
comment on column watch_lists.id is 'Sorts by the time it was made.';
comment on column watch_lists.name is 'What its people call it.';
comment on column watch_lists.target_ids is 'Ids of targets of the catalogue and of custom_targets, in the order in which they are shown.';
comment on column watch_lists.created_at is 'When it was made.';
comment on column watch_lists.version is 'Raised by each change, so that nobody overwrites what they have not seen.';
--rollback drop table watch_lists;
