--liquibase formatted sql logicalFilePath:catalog/004-answer-sets.sql

--changeset nettrace:answer-sets
create table catalog.answer_sets (
  observed_at   timestamptz not null,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  known_at      timestamptz not null,
  addresses     inet[] not null,
  ttl_seconds   bigint,
  failure       text
) partition by range (observed_at);
create index answer_sets_target on catalog.answer_sets (target_id, vantage_point, observed_at);
comment on table catalog.answer_sets is 'What the name service said when it said something new: one row per change of a host''s addresses, or failure. A partition per month (UTC).';
comment on column catalog.answer_sets.target_id is 'Id of the target in targets.json.';
comment on column catalog.answer_sets.target_host is 'Host name that was measured.';
comment on column catalog.answer_sets.vantage_point is 'Where it was measured from.';
comment on column catalog.answer_sets.simulated is 'True when the lab was measured and not the internet.';
comment on column catalog.answer_sets.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column catalog.answer_sets.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column catalog.answer_sets.addresses is 'All addresses, the probed one first; empty on failure.';
comment on column catalog.answer_sets.ttl_seconds is 'How long the answer may be kept; null on failure.';
comment on column catalog.answer_sets.failure is 'Why the name could not be resolved; null when it could.';
--rollback drop table catalog.answer_sets;
