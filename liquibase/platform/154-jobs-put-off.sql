--liquibase formatted sql logicalFilePath:platform/154-jobs-put-off.sql

--changeset nettrace:jobs-put-off
alter table platform.jobs add column put_off_since timestamptz;
comment on column platform.jobs.consecutive_failures is 'Attempts that failed, without those for which a database was away.';
comment on column platform.jobs.put_off_since is 'When it was first put off because a database was away; null when its last attempt ended otherwise.';
--rollback alter table platform.jobs drop column put_off_since; comment on column platform.jobs.consecutive_failures is 'Attempts that failed.';
