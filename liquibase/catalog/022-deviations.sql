--liquibase formatted sql logicalFilePath:catalog/022-deviations.sql

--changeset nettrace:deviations
create table catalog.deviations (
  opened_at       timestamptz not null,
  target_id       text not null,
  vantage_point   text not null,
  target_host     text not null,
  simulated       boolean not null,
  method          text not null,
  address         inet not null,
  kind            text not null,
  known_at        timestamptz not null,
  closed_at       timestamptz,
  closed_known_at timestamptz,
  closing         text,
  rtt_baseline    bigint,
  rtt_spread      bigint,
  rtt_seen        bigint,
  loss_baseline   double precision,
  loss_seen       double precision,
  effect_size     double precision not null,
  past_bursts     integer not null,
  deviating       integer not null,
  judged          integer not null,
  primary key (target_id, vantage_point, opened_at, method, address, kind)
);
create index deviations_time on catalog.deviations (opened_at);
create unique index deviations_open on catalog.deviations (target_id, vantage_point, method, address, kind)
  where closed_at is null;
comment on table catalog.deviations is 'Whiles in which an address answered unlike in its recent past.';
comment on column catalog.deviations.opened_at is 'When the first deviating burst began, by the scanner''s clock.';
comment on column catalog.deviations.target_id is 'Id of the target in targets.json.';
comment on column catalog.deviations.vantage_point is 'Where it was measured from.';
comment on column catalog.deviations.target_host is 'Host name that was measured.';
comment on column catalog.deviations.simulated is 'True when the lab was measured and not the internet.';
comment on column catalog.deviations.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column catalog.deviations.address is 'Address that was probed.';
comment on column catalog.deviations.kind is 'DELAY_RISE, DELAY_FALL or LOSS.';
comment on column catalog.deviations.known_at is 'When it was recorded here.';
comment on column catalog.deviations.closed_at is 'When the first burst began that was as before, or usual; null while open.';
comment on column catalog.deviations.closed_known_at is 'When the closing was recorded here.';
comment on column catalog.deviations.closing is 'RETURNED: as before. SETTLED: the new level is the usual one now. ABANDONED: nothing is measured there any more.';
comment on column catalog.deviations.rtt_baseline is 'Nanoseconds: median of the recent past''s medians; null when nothing was answered then.';
comment on column catalog.deviations.rtt_spread is 'Nanoseconds: median absolute deviation of the same.';
comment on column catalog.deviations.rtt_seen is 'Nanoseconds: median of the deviating bursts'' medians; null when they were not answered.';
comment on column catalog.deviations.loss_baseline is 'Loss over the recent past, 0-1.';
comment on column catalog.deviations.loss_seen is 'Loss over the deviating bursts, 0-1.';
comment on column catalog.deviations.effect_size is 'Delay: the difference in spreads; loss: the difference of the ratios.';
comment on column catalog.deviations.past_bursts is 'Bursts that the recent past consisted of.';
comment on column catalog.deviations.deviating is 'Bursts that deviated among the judged ones.';
comment on column catalog.deviations.judged is 'Newest bursts that were judged when it was opened.';
--rollback drop table catalog.deviations;
