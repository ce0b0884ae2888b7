--liquibase formatted sql logicalFilePath:platform/140-unwritten.sql

--changeset nettrace:unwritten
alter table platform.scanners add column unwritten integer not null default 0;
comment on column platform.scanners.unwritten is 'Measurements that wait in its memory because the disk of its spool takes none.';
--rollback alter table platform.scanners drop column unwritten;
