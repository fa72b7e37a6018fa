-- Which life of the database this is; another after a restored backup. Apart from the secrets, so that
-- every pull can read it in its own transaction and a new epoch needs no restart.
create table database_epoch (
  single boolean primary key default true check (single),
  id uuid not null
);
insert into database_epoch (id)
  select coalesce((select value::uuid from server_settings where key = 'epoch'), gen_random_uuid());
delete from server_settings where key = 'epoch';
grant select on database_epoch to sellerdex_app;
