--liquibase formatted sql logicalFilePath:catalog/007-ip-geo-cache.sql

--changeset nettrace:ip-geo-cache
create table catalog.ip_geo_cache (
  address     inet primary key,
  country     text,
  city        text,
  latitude    double precision,
  longitude   double precision,
  isp         text,
  asn         bigint,
  as_name     text,
  source      text not null,
  resolved_at timestamptz not null,
  expires_at  timestamptz not null
);
comment on table catalog.ip_geo_cache is 'Where an address is and who runs it, as far as a source told us.';
comment on column catalog.ip_geo_cache.country is 'ISO 3166-1 alpha-2.';
comment on column catalog.ip_geo_cache.isp is 'Who runs the address.';
comment on column catalog.ip_geo_cache.asn is 'Number of the autonomous system that announces it.';
comment on column catalog.ip_geo_cache.source is 'Who told us.';
--rollback drop table catalog.ip_geo_cache;
