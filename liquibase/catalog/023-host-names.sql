--liquibase formatted sql logicalFilePath:catalog/023-host-names.sql

--changeset nettrace:host-names
alter table catalog.ip_geo_cache add column host_name text;
create index ip_geo_cache_expiry on catalog.ip_geo_cache (expires_at);
comment on column catalog.ip_geo_cache.host_name is 'What the address maps back to in the name service; the operator''s claim.';
comment on column catalog.ip_geo_cache.expires_at is 'From then on it is asked for anew; rows are deleted a while later.';
--rollback drop index catalog.ip_geo_cache_expiry;
--rollback alter table catalog.ip_geo_cache drop column host_name;
