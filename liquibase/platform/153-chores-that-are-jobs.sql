--liquibase formatted sql logicalFilePath:platform/153-chores-that-are-jobs.sql

--changeset nettrace:chores-that-are-jobs
delete from platform.chores
where task_name in ('sending mail that waits', 'copying tenants'' targets that a crash left');
--rollback select 1;
