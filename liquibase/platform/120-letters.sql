--liquibase formatted sql logicalFilePath:platform/120-letters.sql

--changeset nettrace:letters
create table platform.letters (
  id         bigint generated always as identity primary key,
  recipient  bytea not null,
  purpose    text not null,
  tenant_id  uuid,
  source     text,
  written_at timestamptz not null,
  held       text,
  block_hash bytea unique
);
create index letters_recipient on platform.letters (recipient, written_at);
create index letters_written on platform.letters (written_at);
comment on table platform.letters is 'Rate limiter of mail: which letters were written or held back, without their text.';
comment on column platform.letters.id is 'In the order of writing.';
comment on column platform.letters.recipient is 'SHA-256 of the address in its compared form, without a +tag.';
comment on column platform.letters.purpose is 'SIGN_UP, INVITATION, NEW_ADDRESS, PASSWORD_RESET, ACCOUNT_NOTICE or QUOTA_NOTICE.';
comment on column platform.letters.tenant_id is 'The tenant on whose behalf it was written.';
comment on column platform.letters.source is 'Network that asked for it, /24 or /48; empty after a day.';
comment on column platform.letters.written_at is 'When it was written or held back.';
comment on column platform.letters.held is 'Why it was held back; null when it was put into the outbox.';
comment on column platform.letters.block_hash is 'SHA-256 of the token in its block link.';

create table platform.blocked_recipients (
  recipient  bytea primary key,
  blocked_at timestamptz not null
);
comment on table platform.blocked_recipients is 'Addresses whose owners want no letter that they did not ask for.';
comment on column platform.blocked_recipients.recipient is 'SHA-256 of the address in its compared form, without a +tag.';
comment on column platform.blocked_recipients.blocked_at is 'When the block link was used.';
--rollback drop table platform.blocked_recipients; drop table platform.letters;

--changeset nettrace:open-sign-ups
create table platform.open_sign_ups (
  tenant_id  uuid primary key,
  recipient  bytea not null,
  network    text not null,
  expires_at timestamptz not null
);
create index open_sign_ups_recipient on platform.open_sign_ups (recipient);
create index open_sign_ups_network on platform.open_sign_ups (network);
create index open_sign_ups_expiry on platform.open_sign_ups (expires_at);
comment on table platform.open_sign_ups is 'Sign-ups that hold a slug and are not confirmed, for the bounds per recipient and network.';
comment on column platform.open_sign_ups.tenant_id is 'The tenant that is pending.';
comment on column platform.open_sign_ups.recipient is 'SHA-256 of the address in its compared form, without a +tag.';
comment on column platform.open_sign_ups.network is 'Network that asked, /24 or /48.';
comment on column platform.open_sign_ups.expires_at is 'When the slug is free again.';
--rollback drop table platform.open_sign_ups;

--changeset nettrace:known-devices
create table platform.known_devices (
  account_id uuid not null references platform.accounts (id) on delete cascade,
  hash       bytea not null,
  seen_at    timestamptz not null,
  primary key (account_id, hash)
);
create index known_devices_hash on platform.known_devices (hash);
create index known_devices_age on platform.known_devices (seen_at);
comment on table platform.known_devices is 'Browsers from which a person has signed in; their failures are counted apart from those of strangers.';
comment on column platform.known_devices.account_id is 'The person.';
comment on column platform.known_devices.hash is 'SHA-256 of the device cookie, which itself is not kept.';
comment on column platform.known_devices.seen_at is 'Last sign-in from there.';

alter table platform.sign_in_failures add column origin text not null default '';
comment on column platform.sign_in_failures.origin is 'Known device or live session that the attempt came from; empty for an unknown device.';

create table platform.second_factor_failures (
  account_id uuid not null references platform.accounts (id) on delete cascade,
  origin     text not null,
  failures   integer not null,
  last_at    timestamptz not null,
  primary key (account_id, origin)
);
comment on table platform.second_factor_failures is 'Wrong codes of an authenticator app after a right password, since the last right one.';
comment on column platform.second_factor_failures.account_id is 'The person.';
comment on column platform.second_factor_failures.origin is 'Known device; empty for all unknown ones together.';
comment on column platform.second_factor_failures.failures is 'Ten close the app until a passkey, a recovery code or a new password is shown.';
comment on column platform.second_factor_failures.last_at is 'When the last one was.';
--rollback drop table platform.second_factor_failures; alter table platform.sign_in_failures drop column origin; drop table platform.known_devices;
