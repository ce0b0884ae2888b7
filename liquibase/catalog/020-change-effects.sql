--liquibase formatted sql logicalFilePath:catalog/020-change-effects.sql

--changeset nettrace:change-effects
alter table catalog.route_changes
  add column as_path_before  bigint[] not null default '{}',
  add column as_path_after   bigint[] not null default '{}',
  add column effect_known_at timestamptz,
  add column effect_reach    interval,
  add column bursts_before   integer,
  add column bursts_after    integer,
  add column sent_before     bigint,
  add column sent_after      bigint,
  add column received_before bigint,
  add column received_after  bigint,
  add column p50_before      bigint,
  add column p50_after       bigint,
  add column ipdv_before     bigint,
  add column ipdv_after      bigint;
create index route_changes_time on catalog.route_changes (observed_at);
comment on column catalog.route_changes.as_path_before is 'Autonomous systems of the path that was left, in order, as far as they were known when the change was recorded.';
comment on column catalog.route_changes.as_path_after is 'Autonomous systems of the path that was taken.';
comment on column catalog.route_changes.effect_known_at is 'When the columns below were filled, once, because enough had been seen after the change; null until then.';
comment on column catalog.route_changes.effect_reach is 'How far the windows of bursts reach to either side of the change.';
comment on column catalog.route_changes.bursts_before is 'Bursts to the same address by the same method in the window before.';
comment on column catalog.route_changes.bursts_after is 'The same after.';
comment on column catalog.route_changes.sent_before is 'Probes of those bursts; loss is 1 - received / sent.';
comment on column catalog.route_changes.sent_after is 'The same after.';
comment on column catalog.route_changes.received_before is 'Answers to them.';
comment on column catalog.route_changes.received_after is 'The same after.';
comment on column catalog.route_changes.p50_before is 'Nanoseconds: median of the bursts'' medians; null when nothing was answered.';
comment on column catalog.route_changes.p50_after is 'The same after.';
comment on column catalog.route_changes.ipdv_before is 'Nanoseconds: mean of the bursts'' ipdv, weighted by answers.';
comment on column catalog.route_changes.ipdv_after is 'The same after.';
--rollback alter table catalog.route_changes drop column as_path_before, drop column as_path_after, drop column effect_known_at, drop column effect_reach, drop column bursts_before, drop column bursts_after, drop column sent_before, drop column sent_after, drop column received_before, drop column received_after, drop column p50_before, drop column p50_after, drop column ipdv_before, drop column ipdv_after;
--rollback drop index catalog.route_changes_time;
