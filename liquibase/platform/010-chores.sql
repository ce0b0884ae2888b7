--liquibase formatted sql logicalFilePath:platform/010-chores.sql

--changeset nettrace:chores
create table platform.chores (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index chores_execution_time on platform.chores (execution_time);
create index chores_last_heartbeat on platform.chores (last_heartbeat);
comment on table platform.chores is 'Upkeep that one node at a time does, in db-scheduler''s columns.';
comment on column platform.chores.task_name is 'What is done.';
comment on column platform.chores.task_instance is 'Always recurring: there is one of each.';
comment on column platform.chores.execution_time is 'When it is due next.';
comment on column platform.chores.picked is 'Some node is at it.';
comment on column platform.chores.picked_by is 'Which one, or which one was last.';
comment on column platform.chores.last_heartbeat is 'When that node last said that it is still at it; one that falls silent is taken for dead.';
comment on column platform.chores.consecutive_failures is 'How often in a row it failed; 0 or null after a success.';
--rollback drop table platform.chores;
