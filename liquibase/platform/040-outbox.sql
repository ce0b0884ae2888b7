--liquibase formatted sql logicalFilePath:platform/040-outbox.sql

--changeset nettrace:outbox
create table platform.outbox_mails (
  id         uuid primary key,
  tenant_id  uuid,
  recipient  text not null,
  subject    text not null,
  body       text not null,
  written_at timestamptz not null,
  due_at     timestamptz not null,
  attempts   integer not null,
  sent_at    timestamptz,
  failed_at  timestamptz,
  failure    text
);
create index outbox_mails_due on platform.outbox_mails (due_at) where sent_at is null and failed_at is null;
create index outbox_mails_tenant on platform.outbox_mails (tenant_id) where tenant_id is not null;
create index outbox_mails_recipient on platform.outbox_mails (recipient);
comment on table platform.outbox_mails is 'Mail that is to be sent, and for a while what became of it.';
comment on column platform.outbox_mails.id is 'UUIDv7; also the message id.';
comment on column platform.outbox_mails.tenant_id is 'With which tenant it is forgotten; null when it is between a person and us.';
comment on column platform.outbox_mails.recipient is 'The address it goes to.';
comment on column platform.outbox_mails.subject is 'One line.';
comment on column platform.outbox_mails.body is 'Plain text; empty once the mail was sent or given up, since it may hold a token.';
comment on column platform.outbox_mails.written_at is 'When it was stored.';
comment on column platform.outbox_mails.due_at is 'When it may be tried next; while a node tries it, when another may.';
comment on column platform.outbox_mails.attempts is 'How often it was tried.';
comment on column platform.outbox_mails.sent_at is 'When it left.';
comment on column platform.outbox_mails.failed_at is 'When it was given up.';
comment on column platform.outbox_mails.failure is 'What went wrong the last time.';
--rollback drop table platform.outbox_mails;
