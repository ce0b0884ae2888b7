--liquibase formatted sql logicalFilePath:platform/044-sign-in-failures.sql

--changeset nettrace:sign-in-failures
create table platform.sign_in_failures (
  id          bigint generated always as identity primary key,
  account_key bytea not null,
  address     text not null,
  failed_at   timestamptz not null
);
create index sign_in_failures_account on platform.sign_in_failures (account_key, failed_at);
create index sign_in_failures_address on platform.sign_in_failures (address, failed_at);
create index sign_in_failures_age on platform.sign_in_failures (failed_at);
comment on table platform.sign_in_failures is 'Attempts to sign in that have not succeeded, kept for a day; too many lock out for a while.';
comment on column platform.sign_in_failures.id is 'In the order of arrival.';
comment on column platform.sign_in_failures.account_key is 'SHA-256 of the e-mail address that was tried, whether or not anybody has it.';
comment on column platform.sign_in_failures.address is 'Network address of whoever tried.';
comment on column platform.sign_in_failures.failed_at is 'When.';
--rollback drop table platform.sign_in_failures;
