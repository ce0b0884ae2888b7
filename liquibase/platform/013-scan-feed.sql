--liquibase formatted sql logicalFilePath:platform/013-scan-feed.sql

--changeset nettrace:scan-feed
create table platform.scan_feed (
  id      bigint generated always as identity primary key,
  node    uuid not null,
  at      timestamptz not null default clock_timestamp(),
  content bytea not null
);
create index scan_feed_at on platform.scan_feed (at);
comment on table platform.scan_feed is 'What each stored delivery changes in the snapshot, for the other nodes; kept for some minutes.';
comment on column platform.scan_feed.node is 'Who stored the delivery and needs no word of it.';
comment on column platform.scan_feed.content is 'JSON, deflated.';
--rollback drop table platform.scan_feed;
