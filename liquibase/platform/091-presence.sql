--liquibase formatted sql logicalFilePath:platform/091-presence.sql

--changeset nettrace:presence
create table platform.presence (
  subject text not null,
  minute  timestamptz not null,
  primary key (subject, minute)
);
comment on table platform.presence is 'In which minutes the service and each vantage point were there; what the status page counts.';
comment on column platform.presence.subject is 'service, or the name of a vantage point behind vantage:.';
comment on column platform.presence.minute is 'Begin of the minute, UTC.';
--rollback drop table platform.presence;
