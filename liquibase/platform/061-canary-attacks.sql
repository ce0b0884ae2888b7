--liquibase formatted sql logicalFilePath:platform/061-canary-attacks.sql

--changeset nettrace:canary-attacks
create table platform.canary_attacks (
  attack   text primary key,
  outcome  text not null,
  detail   text not null,
  tried_at timestamptz not null
);
comment on table platform.canary_attacks is 'How the last attack of each kind ended that one canary tenant tried on the other.';
comment on column platform.canary_attacks.attack is 'What was tried.';
comment on column platform.canary_attacks.outcome is 'WITHSTOOD or BREACHED.';
comment on column platform.canary_attacks.detail is 'Why it was refused, or what came through.';
--rollback drop table platform.canary_attacks;
