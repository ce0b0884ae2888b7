--liquibase formatted sql logicalFilePath:events/002-consumers.sql

--changeset nettrace:consumers
create table events.consumers (
  name text primary key check (length(name) between 1 and 100),
  xid xid8 not null,
  seq bigint not null,
  moved_at timestamptz not null default clock_timestamp(),
  failures integer not null default 0,
  failure text,
  retry_at timestamptz
);
comment on table events.consumers is 'How far each consumer has come. A consumer is at one event at a time, in order; one that fails is tried again at retry_at.';
create table events.dead_letters (
  consumer text not null,
  seq bigint not null,
  tenant_id uuid,
  type text not null,
  version smallint not null,
  subject text not null,
  actor text not null,
  at timestamptz not null,
  body jsonb not null,
  reason text not null,
  died_at timestamptz not null default clock_timestamp(),
  primary key (consumer, seq)
);
create index dead_letters_by_tenant on events.dead_letters (tenant_id);
comment on table events.dead_letters is 'Events that a consumer could not take in, kept for an operator, who replays or drops them.';
create table events.server (
  one integer primary key default 1 check (one = 1),
  system_identifier bigint not null
);
comment on table events.server is 'The server on which the transaction numbers of events were drawn.';
--rollback drop table events.server;
--rollback drop table events.dead_letters;
--rollback drop table events.consumers;
