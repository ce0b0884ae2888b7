--liquibase formatted sql logicalFilePath:platform/092-presence-by-minute.sql

--changeset nettrace:presence-by-minute
create index presence_minute on platform.presence (minute);
comment on index platform.presence_minute is 'What is forgotten, and what the status page counts, is found by its minute.';
--rollback drop index platform.presence_minute;
