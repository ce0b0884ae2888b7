--liquibase formatted sql logicalFilePath:catalog/012-burst-metrics.sql

--changeset nettrace:burst-metrics-partitions splitStatements:false
do $$
declare
  first date;
begin
  for first in
    select distinct (observed_at at time zone 'UTC')::date from catalog.burst_metrics
  loop
    execute format(
      'create table catalog.%I partition of catalog.bursts for values from (%L) to (%L)',
      'bursts_' || to_char(first, 'YYYYMMDD'),
      first::text || ' 00:00+00', (first + 1)::text || ' 00:00+00');
  end loop;
end $$;
--rollback empty

--changeset nettrace:burst-metrics-rows splitStatements:false
--validCheckSum: ANY
insert into catalog.series
  (target_id, vantage_point, target_host, simulated, method, mode, address)
  select distinct target_id, vantage_point, target_host, simulated, method, mode, address
  from catalog.burst_metrics;
do $$
declare
  one date;
begin
  for one in
    select distinct (observed_at at time zone 'UTC')::date from catalog.burst_metrics order by 1
  loop
    insert into catalog.bursts
      (observed_at, known_at, series, sent, received, send_failures, revision, retracted, delays)
      select b.observed_at, b.known_at, s.id, b.sent, b.received, b.send_failures, 0, false,
        case when b.received = 0 then ''::bytea
        else '\x02'::bytea || int8send(b.min_rtt) || int8send(b.mean_rtt) || int8send(b.p50_rtt)
          || int8send(b.p90_rtt) || int8send(b.p95_rtt) || int8send(b.p99_rtt)
          || int8send(b.max_rtt) || int8send(coalesce(b.ipdv, -1)) || int8send(b.pdv)
          || b.histogram end
      from catalog.burst_metrics b
      join catalog.series s using
        (target_id, vantage_point, target_host, simulated, method, mode, address)
      where b.observed_at >= one::timestamp at time zone 'UTC'
        and b.observed_at < (one + 1)::timestamp at time zone 'UTC'
      order by b.observed_at;
    -- a sign of life, so that nobody hangs up while years are taken over
    raise notice 'bursts of % have been taken over', one;
  end loop;
end $$;
insert into catalog.hours_due (hour, series)
  select date_trunc('hour', observed_at, 'UTC'), array_agg(distinct series)
  from catalog.bursts group by 1;
drop table catalog.burst_metrics;
--rollback empty

--changeset nettrace:burst-metrics-view splitStatements:false
create function catalog.delays_of(encoded bytea) returns bigint[]
language plpgsql immutable strict parallel safe as $$
declare
  total bigint := 0;
  value bigint := 0;
  shift integer := 0;
  one integer;
  numbers bigint[] := '{}';
begin
  for position in 1 .. length(encoded) - 1 loop
    one := get_byte(encoded, position);
    value := value | ((one & 127)::bigint << shift);
    if one > 127 then
      shift := shift + 7;
    else
      if cardinality(numbers) > 0 then
        total := total + value;
        numbers := numbers || total;
      else
        numbers := numbers || value;
      end if;
      value := 0;
      shift := 0;
    end if;
  end loop;
  return numbers;
end $$;
create function catalog.delay(encoded bytea, percentile double precision) returns bigint
language plpgsql immutable strict parallel safe as $$
declare
  numbers bigint[];
begin
  if length(encoded) = 0 then
    return null;
  end if;
  if get_byte(encoded, 0) = 2 then
    return ('x' || encode(substring(encoded from 2 + 8 * case percentile
      when 0 then 0 when 50 then 2 when 90 then 3 when 95 then 4 when 99 then 5 when 100 then 6
      end for 8), 'hex'))::bit(64)::bigint;
  end if;
  numbers := catalog.delays_of(encoded);
  return numbers[1 + greatest(1, ceil(percentile / 100 * (cardinality(numbers) - 1))::integer)];
end $$;
create function catalog.delay_mean(encoded bytea) returns bigint
language plpgsql immutable strict parallel safe as $$
begin
  if length(encoded) = 0 then
    return null;
  end if;
  if get_byte(encoded, 0) = 2 then
    return ('x' || encode(substring(encoded from 10 for 8), 'hex'))::bit(64)::bigint;
  end if;
  return (select round(avg(d)) from unnest((catalog.delays_of(encoded))[2:]) d);
end $$;
create function catalog.delay_ipdv(encoded bytea) returns bigint
language plpgsql immutable strict parallel safe as $$
begin
  if length(encoded) = 0 then
    return null;
  end if;
  if get_byte(encoded, 0) = 2 then
    return nullif(('x' || encode(substring(encoded from 58 for 8), 'hex'))::bit(64)::bigint, -1);
  end if;
  return nullif((catalog.delays_of(encoded))[1] - 1, -1);
end $$;
create view catalog.burst_metrics as
  select b.observed_at, s.target_id, s.vantage_point, s.target_host, s.simulated, s.method,
    s.mode, s.address, b.known_at, b.sent::integer, b.received::integer,
    b.send_failures::integer, b.revision::integer,
    catalog.delay(b.delays, 0) as min_rtt, catalog.delay_mean(b.delays) as mean_rtt,
    catalog.delay(b.delays, 50) as p50_rtt, catalog.delay(b.delays, 90) as p90_rtt,
    catalog.delay(b.delays, 95) as p95_rtt, catalog.delay(b.delays, 99) as p99_rtt,
    catalog.delay(b.delays, 100) as max_rtt, catalog.delay_ipdv(b.delays) as ipdv,
    catalog.delay(b.delays, 99) - catalog.delay(b.delays, 0) as pdv
  from catalog.bursts b join catalog.series s on s.id = b.series
  where not b.retracted and not exists (
    select from catalog.corrections c
    where c.series = b.series and c.observed_at = b.observed_at and c.revision > b.revision);
comment on view catalog.burst_metrics is 'Bursts for reading, newest revisions: delays in nanoseconds, null when nothing was answered.';
--rollback drop view catalog.burst_metrics; drop function catalog.delay_ipdv; drop function catalog.delay_mean; drop function catalog.delay; drop function catalog.delays_of;
