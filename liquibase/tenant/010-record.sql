--liquibase formatted sql logicalFilePath:tenant/010-record.sql

--changeset nettrace:record
create table delivered (
  spool     uuid not null,
  sequence  bigint not null,
  stored_at timestamptz not null,
  primary key (spool, sequence)
);
create index delivered_stored on delivered (stored_at);
create table series (
  id            integer generated always as identity primary key,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  method        text not null,
  mode          text not null,
  address       inet not null,
  unique (target_id, vantage_point, method, address, mode, target_host, simulated)
);
create table bursts (
  observed_at   timestamptz not null,
  known_at      timestamptz not null,
  series        integer not null,
  sent          smallint not null,
  received      smallint not null,
  send_failures smallint not null,
  revision      smallint not null,
  retracted     boolean not null,
  delays        bytea not null
);
create index bursts_series on bursts (series, observed_at);
create index bursts_time on bursts using brin (observed_at);
create table corrections (
  series      integer not null,
  observed_at timestamptz not null,
  revision    smallint not null,
  known_at    timestamptz not null,
  reason      text not null,
  primary key (series, observed_at, revision)
);
create table burst_hours (
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
);
create table burst_days (
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
);
create table hours_due (
  hour   timestamptz not null,
  series integer[] not null
);
create index hours_due_hour on hours_due (hour);
create table days_due (
  day    timestamptz not null,
  series integer[] not null
);
create index days_due_day on days_due (day);
create table scan_metrics (
  observed_at   timestamptz not null,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  method        text not null,
  mode          text not null,
  address       inet not null,
  known_at      timestamptz not null,
  cause         text not null,
  trace_end     text not null,
  total_rtt     bigint,
  hop_count     integer not null,
  first_hop_rtt bigint,
  last_hop_rtt  bigint,
  route_hash    text
);
create index scan_metrics_target on scan_metrics (target_id, vantage_point, observed_at);
create table scan_snapshots (
  observed_at   timestamptz not null,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  method        text not null,
  mode          text not null,
  address       inet not null,
  known_at      timestamptz not null,
  reason        text not null,
  trace_end     text not null,
  route_hash    text,
  hops          jsonb not null
);
create index scan_snapshots_target on scan_snapshots (target_id, vantage_point, observed_at);
create table answer_sets (
  observed_at   timestamptz not null,
  target_id     text not null,
  vantage_point text not null,
  target_host   text not null,
  simulated     boolean not null,
  known_at      timestamptz not null,
  addresses     inet[] not null,
  ttl_seconds   bigint,
  failure       text
);
create index answer_sets_target on answer_sets (target_id, vantage_point, observed_at);
create table current_routes (
  target_id     text not null,
  vantage_point text not null,
  method        text not null,
  address       inet not null,
  traced_at     timestamptz not null,
  state         jsonb not null,
  primary key (target_id, vantage_point, method, address)
);
create table route_changes (
  observed_at     timestamptz not null,
  target_id       text not null,
  vantage_point   text not null,
  target_host     text not null,
  simulated       boolean not null,
  method          text not null,
  mode            text not null,
  address         inet not null,
  known_at        timestamptz not null,
  confirmed_at    timestamptz not null,
  kind            text not null,
  hash_before     text not null,
  hash_after      text not null,
  path_before     jsonb not null,
  path_after      jsonb not null,
  rtt_before      bigint,
  rtt_after       bigint,
  as_path_before  bigint[] not null default '{}',
  as_path_after   bigint[] not null default '{}',
  effect_known_at timestamptz,
  effect_reach    interval,
  bursts_before   integer,
  bursts_after    integer,
  sent_before     bigint,
  sent_after      bigint,
  received_before bigint,
  received_after  bigint,
  p50_before      bigint,
  p50_after       bigint,
  ipdv_before     bigint,
  ipdv_after      bigint,
  primary key (target_id, vantage_point, observed_at, method, address)
);
create index route_changes_time on route_changes (observed_at);
create index route_changes_open on route_changes (observed_at) where effect_known_at is null;
create table edge_moves (
  observed_at      timestamptz not null,
  target_id        text not null,
  vantage_point    text not null,
  target_host      text not null,
  simulated        boolean not null,
  known_at         timestamptz not null,
  kind             text not null,
  addresses_before inet[] not null,
  addresses_after  inet[] not null,
  asn_before       bigint,
  asn_after        bigint,
  returned         boolean not null,
  primary key (target_id, vantage_point, observed_at)
);
create index edge_moves_time on edge_moves (observed_at);
--rollback drop table delivered, series, bursts, corrections, burst_hours, burst_days, hours_due, days_due, scan_metrics, scan_snapshots, answer_sets, current_routes, route_changes, edge_moves;

--changeset nettrace:record-comments
comment on table delivered is 'Deliveries whose part of this tenant is stored, so that one that comes again is not stored twice. Forgotten when what they carried would be refused for its age.';
comment on column delivered.spool is 'Numbering of the scanners run.';
comment on column delivered.sequence is 'Number of the delivery in it.';
comment on column delivered.stored_at is 'When it was stored here.';
comment on table series is 'What bursts of one kind have in common, written once: bursts name it by its number.';
comment on column series.id is 'Number by which the other tables name it; of this database, not of the world.';
comment on column series.target_id is 'Id of the target in custom_targets.';
comment on column series.vantage_point is 'Where it was measured from.';
comment on column series.target_host is 'Host name that was measured.';
comment on column series.simulated is 'True when the lab was measured and not the internet.';
comment on column series.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column series.mode is 'How they left: RAW, UNPRIVILEGED or CONNECT.';
comment on column series.address is 'Address that was probed.';
comment on table bursts is 'One row per burst and revision: delay and loss of several probes to one address.';
comment on column bursts.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column bursts.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column bursts.series is 'Target, vantage point, method and address: series.';
comment on column bursts.sent is 'Probes that left the machine.';
comment on column bursts.received is 'Answers of the target itself; loss is 1 - received / sent.';
comment on column bursts.send_failures is 'Probes that the kernel refused to send; not losses.';
comment on column bursts.revision is '0 as measured; each correction adds a row with the next number.';
comment on column bursts.retracted is 'True when this revision says that there is no such measurement.';
comment on column bursts.delays is 'Empty when nothing was answered. First byte 1: every delay, as variable-length integers (7 bits a byte, the lowest first): ipdv plus one or 0, the smallest delay, then each difference to the next, in nanoseconds. First byte 2: min, mean, p50, p90, p95, p99, max, ipdv or -1, pdv as 8-byte integers in nanoseconds, then a histogram.';
comment on table corrections is 'Which revisions after the first there are, and why.';
comment on column corrections.series is 'Whose measurement: series.';
comment on column corrections.observed_at is 'Which measurement.';
comment on column corrections.revision is 'The revision that this correction made.';
comment on column corrections.known_at is 'Since when it is known.';
comment on column corrections.reason is 'Why it was made, in words.';
comment on table burst_hours is 'All bursts of a series in one hour (UTC) taken together. Not valid while hours_due names series and hour.';
comment on column burst_hours.hour is 'When the hour begins.';
comment on column burst_hours.series is 'Target, vantage point, method and address: series.';
comment on column burst_hours.bursts is 'How many; newest revisions only.';
comment on column burst_hours.sent is 'Probes that left the machine.';
comment on column burst_hours.received is 'Answers of the target itself.';
comment on column burst_hours.send_failures is 'Probes that the kernel refused to send.';
comment on column burst_hours.min_rtt is 'Nanoseconds. Like all delays here without meaning when received is 0.';
comment on column burst_hours.max_rtt is 'Nanoseconds.';
comment on column burst_hours.sum_rtt is 'Nanoseconds: the mean is sum_rtt / received.';
comment on column burst_hours.sum_ipdv is 'Nanoseconds: the sum of the bursts'' ipdv.';
comment on column burst_hours.ipdv_bursts is 'How many bursts have an ipdv.';
comment on column burst_hours.known_until is 'When the newest of what it was made of was stored: it says what was known then or later.';
comment on column burst_hours.delays is 'Mergeable histogram of all delays.';
comment on table burst_days is 'The hours of a day (UTC) taken together, like burst_hours. Not valid while days_due names series and day, or hours_due one of its hours.';
comment on column burst_days.day is 'When the day begins.';
comment on column burst_days.series is 'Target, vantage point, method and address: series.';
comment on column burst_days.bursts is 'How many; newest revisions only.';
comment on column burst_days.sent is 'Probes that left the machine.';
comment on column burst_days.received is 'Answers of the target itself.';
comment on column burst_days.send_failures is 'Probes that the kernel refused to send.';
comment on column burst_days.min_rtt is 'Nanoseconds. Like all delays here without meaning when received is 0.';
comment on column burst_days.max_rtt is 'Nanoseconds.';
comment on column burst_days.sum_rtt is 'Nanoseconds: the mean is sum_rtt / received.';
comment on column burst_days.sum_ipdv is 'Nanoseconds: the sum of the bursts'' ipdv.';
comment on column burst_days.ipdv_bursts is 'How many bursts have an ipdv.';
comment on column burst_days.known_until is 'When the newest of what it was made of was stored: it says what was known then or later.';
comment on column burst_days.delays is 'Mergeable histogram of all delays.';
comment on table hours_due is 'Hours that were written to since they were last rolled up: one row for each transaction that stored bursts.';
comment on column hours_due.hour is 'When the hour begins.';
comment on column hours_due.series is 'Whose bursts.';
comment on table days_due is 'Days of which an hour was rolled up since the day was.';
comment on column days_due.day is 'When the day begins.';
comment on column days_due.series is 'Whose hours.';
comment on table scan_metrics is 'One row per trace.';
comment on column scan_metrics.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column scan_metrics.target_id is 'Id of the target in custom_targets.';
comment on column scan_metrics.vantage_point is 'Where it was measured from.';
comment on column scan_metrics.target_host is 'Host name that was measured.';
comment on column scan_metrics.simulated is 'True when the lab was measured and not the internet.';
comment on column scan_metrics.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column scan_metrics.mode is 'How they left: RAW, UNPRIVILEGED or CONNECT.';
comment on column scan_metrics.address is 'Address that was probed.';
comment on column scan_metrics.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column scan_metrics.cause is 'Why the trace was taken: SCHEDULED, DEVIATION, REQUESTED or RESOLUTION.';
comment on column scan_metrics.trace_end is 'Why the trace ended where it did.';
comment on column scan_metrics.total_rtt is 'Nanoseconds to the target itself; null when it did not answer.';
comment on column scan_metrics.hop_count is 'Distance of the target, or of the farthest hop that answered.';
comment on column scan_metrics.first_hop_rtt is 'Nanoseconds to the nearest hop that answered.';
comment on column scan_metrics.last_hop_rtt is 'Nanoseconds to the farthest hop that answered, the target included.';
comment on column scan_metrics.route_hash is 'Short name of the route in force; does not flap under load balancing, silence or loss. Null when the trace saw no hop.';
comment on table scan_snapshots is 'Traces kept hop by hop: every few traces of a target, and on each route change.';
comment on column scan_snapshots.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column scan_snapshots.target_id is 'Id of the target in custom_targets.';
comment on column scan_snapshots.vantage_point is 'Where it was measured from.';
comment on column scan_snapshots.target_host is 'Host name that was measured.';
comment on column scan_snapshots.simulated is 'True when the lab was measured and not the internet.';
comment on column scan_snapshots.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column scan_snapshots.mode is 'How they left: RAW, UNPRIVILEGED or CONNECT.';
comment on column scan_snapshots.address is 'Address that was probed.';
comment on column scan_snapshots.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column scan_snapshots.reason is 'Why it was kept: CADENCE or ROUTE_CHANGE.';
comment on column scan_snapshots.trace_end is 'Why the trace ended where it did.';
comment on column scan_snapshots.route_hash is 'Short name of the route in force.';
comment on column scan_snapshots.hops is 'Array of {ttl, state, replies: [{address, rttNanos, labels}]}.';
comment on table answer_sets is 'What the name service said when it said something new: one row per change of a host''s addresses, or failure.';
comment on column answer_sets.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column answer_sets.target_id is 'Id of the target in custom_targets.';
comment on column answer_sets.vantage_point is 'Where it was measured from.';
comment on column answer_sets.target_host is 'Host name that was measured.';
comment on column answer_sets.simulated is 'True when the lab was measured and not the internet.';
comment on column answer_sets.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column answer_sets.addresses is 'All addresses, the probed one first; empty on failure.';
comment on column answer_sets.ttl_seconds is 'How long the answer may be kept; null on failure.';
comment on column answer_sets.failure is 'Why the name could not be resolved; null when it could.';
comment on table current_routes is 'What the route tracker knows, so that a restart does not look like a route change: written in the transaction that stores the traces it was learnt from.';
comment on column current_routes.target_id is 'Id of the target in custom_targets.';
comment on column current_routes.vantage_point is 'Where it was traced from.';
comment on column current_routes.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column current_routes.address is 'Address that was traced.';
comment on column current_routes.traced_at is 'When the last trace that was taken into account began.';
comment on column current_routes.state is 'The route in force, the one that waits for confirmation, and earlier ones.';
comment on table route_changes is 'Changes of route that a second trace confirmed.';
comment on column route_changes.observed_at is 'When the measurement began, by the scanner''s clock.';
comment on column route_changes.target_id is 'Id of the target in custom_targets.';
comment on column route_changes.vantage_point is 'Where it was measured from.';
comment on column route_changes.target_host is 'Host name that was measured.';
comment on column route_changes.simulated is 'True when the lab was measured and not the internet.';
comment on column route_changes.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column route_changes.mode is 'How they left: RAW, UNPRIVILEGED or CONNECT.';
comment on column route_changes.address is 'Address that was probed.';
comment on column route_changes.known_at is 'When it was stored here: what a reader could have known by then.';
comment on column route_changes.confirmed_at is 'When the confirming trace began; observed_at is that of the first trace that saw the new route.';
comment on column route_changes.kind is 'AS_PATH, IP_PATH or BALANCED.';
comment on column route_changes.hash_before is 'Short name of the route that was left.';
comment on column route_changes.hash_after is 'Short name of the route that was taken.';
comment on column route_changes.path_before is 'The canonical path that was left: an array, by distance, of arrays of addresses; an empty one is a silent hop.';
comment on column route_changes.path_after is 'The canonical path that was taken.';
comment on column route_changes.rtt_before is 'Nanoseconds to the target in the last trace over the old route; null when it did not answer.';
comment on column route_changes.rtt_after is 'Nanoseconds to the target in the confirming trace; null when it did not answer.';
comment on column route_changes.as_path_before is 'Autonomous systems of the path that was left, in order, as far as they were known when the change was recorded.';
comment on column route_changes.as_path_after is 'Autonomous systems of the path that was taken.';
comment on column route_changes.effect_known_at is 'When the columns below were filled, once, because enough had been seen after the change; null until then.';
comment on column route_changes.effect_reach is 'How far the windows of bursts reach to either side of the change.';
comment on column route_changes.bursts_before is 'Bursts to the same address by the same method in the window before.';
comment on column route_changes.bursts_after is 'The same after.';
comment on column route_changes.sent_before is 'Probes of those bursts; loss is 1 - received / sent.';
comment on column route_changes.sent_after is 'The same after.';
comment on column route_changes.received_before is 'Answers to them.';
comment on column route_changes.received_after is 'The same after.';
comment on column route_changes.p50_before is 'Nanoseconds: median of the bursts'' medians; null when nothing was answered.';
comment on column route_changes.p50_after is 'The same after.';
comment on column route_changes.ipdv_before is 'Nanoseconds: mean of the bursts'' ipdv, weighted by answers.';
comment on column route_changes.ipdv_after is 'The same after.';
comment on table edge_moves is 'The name service sent a host''s visitors elsewhere: its answer set changed. No change of route, although delays may change with it.';
comment on column edge_moves.observed_at is 'When the new answer was given, by the scanner''s clock.';
comment on column edge_moves.target_id is 'Id of the target in custom_targets.';
comment on column edge_moves.vantage_point is 'Where the name was resolved.';
comment on column edge_moves.target_host is 'Host name that was resolved.';
comment on column edge_moves.simulated is 'True when the lab answered and not the internet.';
comment on column edge_moves.known_at is 'When it was stored here.';
comment on column edge_moves.kind is 'PROBED_ADDRESS: another address is probed now; ANSWER_SET: only others were exchanged.';
comment on column edge_moves.addresses_before is 'All addresses, the probed one first.';
comment on column edge_moves.addresses_after is 'All addresses, the probed one first.';
comment on column edge_moves.asn_before is 'Autonomous system of the address probed before; null when unknown.';
comment on column edge_moves.asn_after is 'Autonomous system of the address probed now; null when unknown.';
comment on column edge_moves.returned is 'The address probed now was among an earlier answer of the last days.';
--rollback empty
