--liquibase formatted sql logicalFilePath:platform/063-one-name.sql

--changeset nettrace:one-name
alter table platform.tenant_schemas add constraint tenant_schemas_one_name check (role = schema);
comment on constraint tenant_schemas_one_name on platform.tenant_schemas is 'A search path of "$user" leads whoever takes on the role to the schema.';
--rollback alter table platform.tenant_schemas drop constraint tenant_schemas_one_name;
