--liquibase formatted sql logicalFilePath:platform/150-jobs.sql

--changeset nettrace:jobs
create table platform.jobs (
  task_name            text not null,
  task_instance        text not null check (length(task_instance) <= 200),
  task_data            bytea not null check (octet_length(task_data) <= 65536),
  execution_time       timestamptz not null,
  picked               boolean not null default false,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer not null default 0,
  last_heartbeat       timestamptz,
  version              bigint not null default 1,
  priority             smallint not null default 0,
  id                   uuid not null unique,
  tenant_id            uuid,
  enqueued_at          timestamptz not null,
  due_at               timestamptz not null,
  admitted             boolean not null default false,
  parked               boolean not null default false,
  again                boolean not null default false,
  failure              text,
  primary key (task_name, task_instance)
);
create index jobs_due on platform.jobs (priority desc, execution_time);
create index jobs_last_heartbeat on platform.jobs (last_heartbeat);
create index jobs_tenant on platform.jobs (tenant_id) where tenant_id is not null;
create index jobs_admitted on platform.jobs (task_name, tenant_id) where admitted;
create index jobs_parked on platform.jobs (task_name, due_at) where parked;
comment on table platform.jobs is 'What is still to be done, once each, in db-scheduler''s columns and some of ours behind them.';
comment on column platform.jobs.task_name is 'Type of the job.';
comment on column platform.jobs.task_instance is 'Key of the job: the same key twice is one job.';
comment on column platform.jobs.task_data is 'What its handler is told, as JSON.';
comment on column platform.jobs.execution_time is 'When a node looks at it next.';
comment on column platform.jobs.picked is 'A node runs it.';
comment on column platform.jobs.picked_by is 'Which one, or which one was last.';
comment on column platform.jobs.consecutive_failures is 'Attempts that failed.';
comment on column platform.jobs.last_heartbeat is 'When that node last said that it is still at it; one that falls silent is taken for dead.';
comment on column platform.jobs.version is 'Grows whenever the job changes hands: what a node wanted to do with an older one is not done.';
comment on column platform.jobs.priority is 'Of the jobs that are due, the higher goes first.';
comment on column platform.jobs.due_at is 'When it is due, whether or not it has to wait for others of its tenant then.';
comment on column platform.jobs.admitted is 'It counts towards the bound of its tenant, if it is picked as well.';
comment on column platform.jobs.parked is 'It is due and waits for another job to end.';
comment on column platform.jobs.again is 'It was enqueued while it ran, and runs once more.';
comment on column platform.jobs.failure is 'Why its last attempt failed.';
create table platform.job_turns (
  type      text not null,
  tenant_id uuid not null,
  at        timestamptz not null,
  primary key (type, tenant_id)
);
comment on table platform.job_turns is 'When a job of each tenant last began, where tenants take turns.';
create table platform.dead_jobs (
  id          uuid primary key,
  type        text not null,
  key         text not null,
  tenant_id   uuid,
  data        bytea not null,
  priority    smallint not null,
  enqueued_at timestamptz not null,
  died_at     timestamptz not null,
  attempts    integer not null,
  reason      text not null check (reason in ('ATTEMPTS', 'REFUSED', 'NODE_LOST')),
  failure     text not null
);
create index dead_jobs_died_at on platform.dead_jobs (died_at);
create index dead_jobs_tenant on platform.dead_jobs (tenant_id) where tenant_id is not null;
comment on table platform.dead_jobs is 'Jobs that were given up, until an operator replays or drops them.';
comment on column platform.dead_jobs.reason is 'ATTEMPTS: all failed; REFUSED: its handler said that trying again is of no use; NODE_LOST: nodes died while they ran it.';
comment on column platform.dead_jobs.failure is 'The last failure: class and message.';
--rollback drop table platform.dead_jobs; drop table platform.job_turns; drop table platform.jobs;
