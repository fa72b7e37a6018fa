-- How runs search where their request leaves a setting out.
alter table collection_settings add column default_settings jsonb not null default '{}';

create table collection_presets (
  org_id uuid not null references workspaces,
  id uuid not null,
  name text not null,
  -- The name without regard to case: what may not be there twice.
  name_key text not null,
  category_ids jsonb not null,
  product_source text not null,
  seller_source text not null,
  settings jsonb not null,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (org_id, id),
  unique (org_id, name_key)
);

create table collection_schedules (
  org_id uuid not null references workspaces,
  id uuid not null,
  name text not null,
  cron text not null,
  time_zone text not null,
  category_ids jsonb not null,
  product_source text not null,
  seller_source text not null,
  settings jsonb not null,
  active boolean not null,
  -- Whoever makes the run of this time moves it on, in the same transaction.
  next_run_at timestamptz(3),
  last_run_id uuid,
  last_started_at timestamptz(3),
  last_problem text,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (org_id, id)
);
create index collection_schedules_due on collection_schedules (next_run_at) where active;

select protect_tenant_table(name) from unnest(array['collection_presets', 'collection_schedules']::regclass[]) as name;
