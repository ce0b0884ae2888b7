--liquibase formatted sql logicalFilePath:platform/131-faults-in-known-words.sql

--changeset nettrace:faults-in-known-words
update platform.vantage_faults set reason = 'no name server answers'
where kind = 'RESOLVER' and reason <> 'no name server answers';
comment on column platform.vantage_faults.reason is 'One of the kind''s sentences: every tenant reads it, so it names no host and no address.';
--rollback comment on column platform.vantage_faults.reason is null;
