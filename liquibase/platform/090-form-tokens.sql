--liquibase formatted sql logicalFilePath:platform/090-form-tokens.sql

--changeset nettrace:form-tokens
create table platform.form_tokens (
  token   uuid primary key,
  used_at timestamptz not null
);
create index form_tokens_time on platform.form_tokens (used_at);
comment on table platform.form_tokens is 'Forms of the portal that were taken in, so that one sent twice does nothing twice.';
comment on column platform.form_tokens.token is 'What the form carried; made anew each time the form is shown.';
comment on column platform.form_tokens.used_at is 'When it was taken in; forgotten after a day.';
--rollback drop table platform.form_tokens;
