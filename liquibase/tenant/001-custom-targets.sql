--liquibase formatted sql logicalFilePath:tenant/001-custom-targets.sql

--changeset nettrace:custom-targets
create table custom_targets (
  id                  text primary key,
  host                text not null,
  port                integer not null,
  methods             text[] not null,
  name                text not null,
  tags                text[] not null,
  burst_every_seconds integer not null,
  paused              boolean not null,
  created_at          timestamptz not null,
  created_by          text not null,
  version             integer not null,
  unique (host, port)
);
comment on table custom_targets is 'Endpoints that are measured for this tenant alone.';
comment on column custom_targets.id is 'ct- and a UUID: unique in the world.';
comment on column custom_targets.host is 'Public name in lower case, as A-labels, or an address in canonical form.';
comment on column custom_targets.port is 'For TCP and UDP.';
comment on column custom_targets.methods is 'ICMP, UDP, TCP in order of preference.';
comment on column custom_targets.name is 'What its people call it.';
comment on column custom_targets.tags is 'Words by which its people find it, sorted.';
comment on column custom_targets.burst_every_seconds is 'Time between two bursts.';
comment on column custom_targets.paused is 'True while it is not to be measured.';
comment on column custom_targets.created_at is 'When it was added.';
comment on column custom_targets.created_by is 'Who added it.';
comment on column custom_targets.version is 'Raised by each change, so that nobody overwrites what they have not seen.';
--rollback drop table custom_targets;
