--liquibase formatted sql logicalFilePath:tenant/030-losses.sql

--changeset nettrace:losses
alter table bursts add column losses text not null default '';
comment on column bursts.losses is 'Why probes were lost, where something came back: 2 10.0.0.1 3/13; 1 10.0.0.9 says that 10.0.0.1 refused two probes by ICMP type 3 code 13 and that 10.0.0.9 answered one in the target''s place; the other lost ones met silence. Empty without reasons.';
--rollback alter table bursts drop column losses;
