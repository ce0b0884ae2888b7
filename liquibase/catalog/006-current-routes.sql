--liquibase formatted sql logicalFilePath:catalog/006-current-routes.sql

--changeset nettrace:current-routes
create table catalog.current_routes (
  target_id     text not null,
  vantage_point text not null,
  method        text not null,
  address       inet not null,
  traced_at     timestamptz not null,
  state         jsonb not null,
  primary key (target_id, vantage_point, method, address)
);
comment on table catalog.current_routes is 'What the route tracker knows, so that a restart does not look like a route change: written in the transaction that stores the traces it was learnt from.';
comment on column catalog.current_routes.target_id is 'Id of the target in targets.json.';
comment on column catalog.current_routes.vantage_point is 'Where it was traced from.';
comment on column catalog.current_routes.method is 'What the probes were made of: ICMP, UDP or TCP.';
comment on column catalog.current_routes.address is 'Address that was traced.';
comment on column catalog.current_routes.traced_at is 'When the last trace that was taken into account began.';
comment on column catalog.current_routes.state is 'The route in force, the one that waits for confirmation, and earlier ones.';
--rollback drop table catalog.current_routes;
