-- What a run works through, one unit after the other: a category's best sellers page by page in the
-- first phase, a product's search page by page in the second. Both kinds have the same columns, so
-- that claiming, paying and failing are written once.
create table collection_run_categories (
  org_id uuid not null references workspaces,
  run_id uuid not null,
  id uuid not null,
  category_id text not null,
  department_id text not null,
  products_found integer not null default 0,
  status text not null check (status in ('pending', 'processing', 'completed', 'failed', 'skipped')),
  data jsonb not null default '{}',
  error_code text,
  error_message text,
  cost_cents integer not null default 0,
  cost_microusd bigint not null default 0,
  attempts integer not null default 0,
  lease_owner text,
  lease_until timestamptz(3),
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (org_id, run_id, id),
  unique (org_id, run_id, category_id),
  foreign key (org_id, run_id) references collection_runs (org_id, id) on delete cascade
);
select protect_tenant_table('collection_run_categories');
create index collection_run_categories_latest on collection_run_categories (org_id, category_id, updated_at desc)
  where status = 'completed';

do $$
declare name text;
begin
  foreach name in array array['collection_run_categories', 'collection_items'] loop
    execute format(
      'alter table %I
         -- Order in which units are taken.
         add column position integer not null default 0,
         -- The page to fetch next: pages before it are recorded and paid.
         add column next_page integer not null default 1,
         -- Cost set aside for the call in hand; counts as paid when the worker is lost.
         add column reserved_microusd bigint not null default 0,
         -- For /progress: which of the parallel searches has it, since when, waiting until when and why.
         add column slot integer,
         add column claimed_at timestamptz(3),
         add column wait_until timestamptz(3),
         add column wait_reason text', name);
  end loop;
end $$;

create index collection_items_open on collection_items (org_id, run_id, position)
  where type = 'amazon_product' and status in ('pending', 'processing');
create index collection_items_sellers on collection_items (org_id, run_id, created_at, id) where type = 'ebay_seller';
