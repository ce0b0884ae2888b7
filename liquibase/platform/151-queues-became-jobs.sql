--liquibase formatted sql logicalFilePath:platform/151-queues-became-jobs.sql

--changeset nettrace:queues-became-jobs
drop index platform.outbox_mails_due;
create index outbox_mails_old_queue on platform.outbox_mails (due_at) where sent_at is null and failed_at is null and due_at < 'infinity';
comment on column platform.outbox_mails.body is 'Plain text, which may hold a token; empty once the mail was sent or dropped, and some days after it was given up.';
comment on column platform.outbox_mails.due_at is 'Infinity: a job sends it. Otherwise a release before jobs wrote it, and the next start takes it over.';
comment on column platform.outbox_mails.attempts is 'How often a release before jobs tried it.';
comment on column platform.exports.claimed_by is 'Token of the run that makes the files; the run that began last has it.';
comment on column platform.exports.claimed_until is 'Null: a job makes the files. Otherwise a release before jobs wrote it.';
comment on table platform.tenant_target_syncs is 'Changes of tenants'' custom targets that are not in assigned_targets yet: marked before the change, taken away when it was copied. What a crash left is copied by the tenant''s job.';
--rollback drop index platform.outbox_mails_old_queue; create index outbox_mails_due on platform.outbox_mails (due_at) where sent_at is null and failed_at is null;
