-- A plain owner of the database (no superuser) that inherits from sellerdex_system would see every
-- workspace without asking. It has to take the role for a transaction, as a superuser does here too.
-- Postgres 15 cannot express this; there such an owner sees what a superuser would see.
do $$ begin
  if current_setting('server_version_num')::integer >= 160000
    and not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant sellerdex_app, sellerdex_system to %I with inherit false, set true', current_user);
  end if;
end $$;
