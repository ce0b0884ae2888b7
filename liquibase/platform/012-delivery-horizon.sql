--liquibase formatted sql logicalFilePath:platform/012-delivery-horizon.sql

--changeset nettrace:delivery-horizon
create table platform.delivery_horizon (
  measured_before timestamptz not null
);
insert into platform.delivery_horizon values ('epoch');
comment on table platform.delivery_horizon is 'One row: how far numbers of deliveries are forgotten.';
comment on column platform.delivery_horizon.measured_before is 'What was measured before is refused, whatever the settings of today: its delivery may have been stored already.';
--rollback drop table platform.delivery_horizon;
