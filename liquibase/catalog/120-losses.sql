--liquibase formatted sql logicalFilePath:catalog/120-losses.sql

--changeset nettrace:losses
alter table catalog.bursts add column losses text not null default '';
create or replace view catalog.burst_metrics as
  select b.observed_at, s.target_id, s.vantage_point, s.target_host, s.simulated, s.method,
    s.mode, s.address, b.known_at, b.sent::integer, b.received::integer,
    b.send_failures::integer, b.revision::integer,
    catalog.delay(b.delays, 0) as min_rtt, catalog.delay_mean(b.delays) as mean_rtt,
    catalog.delay(b.delays, 50) as p50_rtt, catalog.delay(b.delays, 90) as p90_rtt,
    catalog.delay(b.delays, 95) as p95_rtt, catalog.delay(b.delays, 99) as p99_rtt,
    catalog.delay(b.delays, 100) as max_rtt, catalog.delay_ipdv(b.delays) as ipdv,
    catalog.delay(b.delays, 99) - catalog.delay(b.delays, 0) as pdv,
    b.losses
  from catalog.bursts b join catalog.series s on s.id = b.series
  where not b.retracted and not exists (
    select from catalog.corrections c
    where c.series = b.series and c.observed_at = b.observed_at and c.revision > b.revision);
comment on column catalog.bursts.losses is 'Why probes were lost, where something came back: 2 10.0.0.1 3/13; 1 10.0.0.9 says that 10.0.0.1 refused two probes by ICMP type 3 code 13 and that 10.0.0.9 answered one in the target''s place; the other lost ones met silence. Empty without reasons.';
--rollback empty
