--liquibase formatted sql logicalFilePath:platform/130-faults-in-order.sql

--changeset nettrace:faults-in-order
alter table platform.vantage_faults add column published_at timestamptz;
update platform.vantage_faults set published_at = known_at;
create index vantage_faults_published on platform.vantage_faults (published_at);
create index vantage_faults_began on platform.vantage_faults (began_at);
comment on column platform.vantage_faults.published_at is 'When it entered the catalogue''s feed of events, given after the commit in single file, so that no earlier time follows a later one; null until then.';
--rollback alter table platform.vantage_faults drop column published_at;
--rollback drop index platform.vantage_faults_began;
