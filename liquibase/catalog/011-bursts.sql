--liquibase formatted sql logicalFilePath:catalog/011-bursts.sql

--changeset nettrace:bursts
create table catalog.bursts (
  observed_at   timestamptz not null,
  known_at      timestamptz not null,
  series        integer not null,
  sent          smallint not null,
  received      smallint not null,
  send_failures smallint not null,
  revision      smallint not null,
  retracted     boolean not null,
  delays        bytea not null
) partition by range (observed_at);
create index bursts_series on catalog.bursts (series, observed_at);
comment on table catalog.bursts is 'One row per burst and revision: delay and loss of several probes to one address. A partition per day (UTC). The view burst_metrics shows it for reading.';
comment on column catalog.bursts.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column catalog.bursts.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column catalog.bursts.series is 'Target, vantage point, method and address: catalog.series.';
comment on column catalog.bursts.sent is 'Probes that left the machine.';
comment on column catalog.bursts.received is 'Answers of the target itself; loss is 1 - received / sent.';
comment on column catalog.bursts.send_failures is 'Probes that the kernel refused to send; not losses.';
comment on column catalog.bursts.revision is '0 as measured; each correction adds a row with the next number.';
comment on column catalog.bursts.retracted is 'True when this revision says that there is no such measurement.';
comment on column catalog.bursts.delays is 'Empty when nothing was answered. First byte 1: every delay, as variable-length integers (7 bits a byte, the lowest first): ipdv plus one or 0, the smallest delay, then each difference to the next, in nanoseconds. First byte 2: min, mean, p50, p90, p95, p99, max, ipdv or -1, pdv as 8-byte integers in nanoseconds, then a histogram.';

create table catalog.corrections (
  series      integer not null,
  observed_at timestamptz not null,
  revision    smallint not null,
  known_at    timestamptz not null,
  reason      text not null,
  primary key (series, observed_at, revision)
);
comment on table catalog.corrections is 'Which revisions after the first there are, and why.';
comment on column catalog.corrections.series is 'Whose measurement: catalog.series.';
comment on column catalog.corrections.observed_at is 'Which measurement.';
comment on column catalog.corrections.revision is 'The revision that this correction made.';
comment on column catalog.corrections.known_at is 'Since when it is known.';
comment on column catalog.corrections.reason is 'Why it was made, in words.';
--rollback drop table catalog.bursts; drop table catalog.corrections;

--changeset nettrace:roll-ups
create table catalog.burst_hours (
  hour          timestamptz not null,
  series        integer not null,
  bursts        integer not null,
  sent          bigint not null,
  received      bigint not null,
  send_failures bigint not null,
  min_rtt       bigint not null,
  max_rtt       bigint not null,
  sum_rtt       bigint not null,
  sum_ipdv      bigint not null,
  ipdv_bursts   integer not null,
  known_until   timestamptz not null,
  delays        bytea not null,
  primary key (series, hour)
) partition by range (hour);
create table catalog.burst_days (
  day           timestamptz not null,
  series        integer not null,
  bursts        integer not null,
  sent          bigint not null,
  received      bigint not null,
  send_failures bigint not null,
  min_rtt       bigint not null,
  max_rtt       bigint not null,
  sum_rtt       bigint not null,
  sum_ipdv      bigint not null,
  ipdv_bursts   integer not null,
  known_until   timestamptz not null,
  delays        bytea not null,
  primary key (series, day)
) partition by range (day);
create table catalog.hours_due (
  hour   timestamptz not null,
  series integer[] not null
);
create index hours_due_hour on catalog.hours_due (hour);
create table catalog.days_due (
  day    timestamptz not null,
  series integer[] not null
);
create index days_due_day on catalog.days_due (day);
comment on table catalog.burst_hours is 'All bursts of a series in one hour (UTC) taken together. A partition per month. Not valid while hours_due names series and hour.';
comment on column catalog.burst_hours.hour is 'When the hour begins.';
comment on column catalog.burst_hours.series is 'Target, vantage point, method and address: catalog.series.';
comment on column catalog.burst_hours.bursts is 'How many; newest revisions only.';
comment on column catalog.burst_hours.sent is 'Probes that left the machine.';
comment on column catalog.burst_hours.received is 'Answers of the target itself.';
comment on column catalog.burst_hours.send_failures is 'Probes that the kernel refused to send.';
comment on column catalog.burst_hours.min_rtt is 'Nanoseconds. Like all delays here without meaning when received is 0.';
comment on column catalog.burst_hours.max_rtt is 'Nanoseconds.';
comment on column catalog.burst_hours.sum_rtt is 'Nanoseconds: the mean is sum_rtt / received.';
comment on column catalog.burst_hours.sum_ipdv is 'Nanoseconds: the sum of the bursts'' ipdv.';
comment on column catalog.burst_hours.ipdv_bursts is 'How many bursts have an ipdv.';
comment on column catalog.burst_hours.known_until is 'When the newest of what it was made of was stored: it says what was known then or later.';
comment on column catalog.burst_hours.delays is 'Mergeable histogram of all delays.';
comment on table catalog.burst_days is 'The hours of a day (UTC) taken together, like burst_hours. A partition per year. Not valid while days_due names series and day, or hours_due one of its hours.';
comment on column catalog.burst_days.day is 'When the day begins.';
comment on table catalog.hours_due is 'Hours that were written to since they were last rolled up: one row for each transaction that stored bursts.';
comment on column catalog.hours_due.series is 'Whose bursts.';
comment on table catalog.days_due is 'Days of which an hour was rolled up since the day was.';
comment on column catalog.days_due.series is 'Whose hours.';
--rollback drop table catalog.burst_hours; drop table catalog.burst_days; drop table catalog.hours_due; drop table catalog.days_due;
