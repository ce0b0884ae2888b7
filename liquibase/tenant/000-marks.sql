--liquibase formatted sql logicalFilePath:tenant/000-marks.sql

--changeset nettrace:marks
create table marks (
  mark text primary key
);
comment on table marks is 'What only this schema holds, by which two canary tenants tell whether a wall has a hole.';
comment on column marks.mark is 'A text that nobody else may ever read.';
--rollback drop table marks;
