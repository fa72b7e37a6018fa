-- The seller that an item is about, so that one who is renamed stays among the run's sellers. Null for
-- a name that was passed over because it was deleted for good.
alter table collection_items add column seller_id uuid;
update collection_items as item set seller_id = seller.id
  from sellers as seller
  where item.type = 'ebay_seller' and seller.org_id = item.org_id and seller.platform = 'ebay'
    and seller.normalized_name = item.external_id and seller.deleted_at is null;

-- Searches failed one after the other, over all processes; a completed one begins the count again.
alter table collection_runs add column failure_streak integer not null default 0;

-- References are checked for every row written, as in 0003. Row security lets no row in but those of the
-- workspace that the transaction names, and items are written only while their run's row is locked.
-- What goes with a run is removed by a trigger.
alter table collection_items drop constraint collection_items_org_id_fkey;
alter table collection_items drop constraint collection_items_org_id_run_id_fkey;
create function remove_items_of_run() returns trigger language plpgsql as $$
begin
  delete from collection_items where org_id = old.org_id and run_id = old.id;
  return null;
end $$;
create trigger collection_runs_items after delete on collection_runs
  for each row execute function remove_items_of_run();

-- Nothing asks for it any more: open units have an index of their own, and counts read a whole run.
drop index collection_items_status;
