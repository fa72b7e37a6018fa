-- Roles. The program connects as whoever DATABASE_URL names and takes one of these for each
-- transaction: sellerdex_app sees the one workspace that the transaction names, sellerdex_system
-- sees all of them (sign-in, start-up recovery, purge). Neither can log in or bypass row security.
do $$ begin
  create role sellerdex_app nologin;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  create role sellerdex_system nologin;
exception when duplicate_object or unique_violation then null;
end $$;
-- Since Postgres 16 the creator of a role may not become it unless told so.
do $$ begin
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant sellerdex_app, sellerdex_system to %I', current_user);
  end if;
end $$;
do $$ begin
  execute format('grant usage on schema %I to sellerdex_app, sellerdex_system', current_schema());
end $$;

create function current_org() returns uuid language sql stable
  return nullif(current_setting('app.org_id', true), '')::uuid;

-- Every table with an org_id passes through here: forced row security, both policies, the grants.
create function protect_tenant_table(name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy own_org on %s to sellerdex_app using (org_id = (select current_org())) with check (org_id = (select current_org()))',
    name);
  execute format('create policy every_org on %s to sellerdex_system using (true) with check (true)', name);
  execute format('grant select, insert, update, delete on %s to sellerdex_app, sellerdex_system', name);
end $$;

-- Secrets and marks of this database: cursor_secret, auth_secret, epoch. Read at start, by the owner.
create table server_settings (
  key text primary key,
  value text not null
);

-- Sign-in (better-auth; its own column names).
create table "user" (
  id uuid primary key default gen_random_uuid(),
  name text not null,
  email text not null unique,
  "emailVerified" boolean not null default false,
  image text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create table session (
  id uuid primary key default gen_random_uuid(),
  "expiresAt" timestamptz not null,
  token text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references "user" (id) on delete cascade
);
create index session_by_user on session ("userId");
create table account (
  id uuid primary key default gen_random_uuid(),
  issuer text not null,
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references "user" (id) on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  scope text,
  password text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  unique (issuer, "accountId")
);
create index account_by_user on account ("userId");
create table verification (
  id uuid primary key default gen_random_uuid(),
  identifier text not null,
  value text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
create index verification_identifier on verification (identifier);

-- Workspaces. `org_id` names the workspace here too, so that one rule protects every table.
create table workspaces (
  org_id uuid primary key,
  name text not null unique,
  created_at timestamptz(3) not null
);
create table members (
  org_id uuid not null references workspaces,
  user_id uuid not null references "user" (id) on delete cascade,
  role text not null check (role in ('owner', 'member')),
  created_at timestamptz(3) not null,
  primary key (org_id, user_id)
);
create index members_user on members (user_id);

-- name 'version': the last change number given in the workspace; its row is locked first, always.
-- name of a table: the last row number given in it, and the change number below which its
-- tombstones may have been purged.
create table counters (
  org_id uuid not null references workspaces,
  name text not null,
  value bigint not null default 0,
  purge_floor bigint not null default 0,
  primary key (org_id, name)
);

create table sellers (
  org_id uuid not null references workspaces,
  id uuid not null,
  no bigint not null,
  version bigint not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  platform text not null,
  display_name text not null,
  normalized_name text not null collate "C",
  platform_id text,
  flagged boolean not null,
  note text,
  source text not null,
  times_seen integer not null,
  first_seen_run_id uuid,
  last_seen_run_id uuid,
  feedback_percent double precision,
  feedback_count integer,
  item_count integer,
  -- Not synced. Per field: epoch milliseconds of the edit or observation that stands.
  field_stamps jsonb not null default '{}',
  -- Not synced. On a deleted row: runs skip the name from now on.
  never_again boolean not null default false,
  primary key (org_id, id)
);
create unique index sellers_name on sellers (org_id, platform, normalized_name) where deleted_at is null;
create unique index sellers_no on sellers (org_id, no);
create index sellers_version on sellers (org_id, version);
create index sellers_never_again on sellers (org_id, platform, normalized_name) where never_again and deleted_at is not null;
create index sellers_deleted on sellers (org_id, deleted_at) where deleted_at is not null;

create table activity (
  org_id uuid not null references workspaces,
  id uuid not null,
  no bigint not null,
  version bigint not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  actor_id uuid,
  actor_name text not null,
  kind text not null,
  run_id uuid,
  table_name text,
  record_count integer not null,
  record_ids jsonb not null,
  summary text not null,
  details jsonb not null,
  primary key (org_id, id)
);
create unique index activity_no on activity (org_id, no);
create index activity_version on activity (org_id, version);
create index activity_run on activity (org_id, run_id) where run_id is not null;

create table activity_targets (
  org_id uuid not null references workspaces,
  activity_id uuid not null,
  record_id uuid not null,
  primary key (org_id, activity_id, record_id)
);
create index activity_targets_record on activity_targets (org_id, record_id);

-- The first result of each mutation that took effect, kept for 90 days.
create table mutations (
  org_id uuid not null references workspaces,
  id uuid not null,
  request_hash text not null,
  result jsonb not null,
  client_id uuid not null,
  user_id uuid not null,
  created_at timestamptz(3) not null,
  primary key (org_id, id)
);
create index mutations_created on mutations (org_id, created_at);

-- The id that a client gave to a row which existed already under another id.
create table id_aliases (
  org_id uuid not null references workspaces,
  table_name text not null,
  alias uuid not null,
  id uuid not null,
  created_at timestamptz(3) not null,
  primary key (org_id, table_name, alias)
);

create table collection_settings (
  org_id uuid primary key references workspaces,
  budget_cap_cents integer not null default 2500,
  soft_warning_percent integer not null default 80,
  max_concurrent_runs integer not null default 3,
  microusd_per_call jsonb not null default '{}'
);

create table collection_runs (
  org_id uuid not null references workspaces,
  id uuid not null,
  no bigint not null,
  version bigint not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  deleted_at timestamptz(3),
  name text not null,
  status text not null,
  phase text not null,
  pause_reason text,
  category_ids jsonb not null,
  product_source text not null,
  seller_source text not null,
  settings jsonb not null,
  departments_total integer not null default 0,
  departments_completed integer not null default 0,
  categories_total integer not null default 0,
  categories_completed integer not null default 0,
  products_total integer not null default 0,
  products_found integer not null default 0,
  products_searched integer not null default 0,
  total_items integer not null default 0,
  processed_items integer not null default 0,
  failed_items integer not null default 0,
  sellers_found integer not null default 0,
  sellers_new integer not null default 0,
  estimated_cost_cents integer not null default 0,
  actual_cost_cents integer not null default 0,
  budget_cap_cents integer not null,
  checkpoint jsonb,
  seller_count_before integer,
  seller_count_after integer,
  created_by uuid not null,
  started_at timestamptz(3),
  paused_at timestamptz(3),
  completed_at timestamptz(3),
  -- Not synced.
  estimated_cost_microusd bigint not null default 0,
  actual_cost_microusd bigint not null default 0,
  reserved_cost_microusd bigint not null default 0,
  heartbeat_at timestamptz(3),
  primary key (org_id, id)
);
create unique index collection_runs_no on collection_runs (org_id, no);
create index collection_runs_version on collection_runs (org_id, version);
create index collection_runs_created on collection_runs (org_id, created_at desc, id);
create index collection_runs_active on collection_runs (status, heartbeat_at) where status in ('pending', 'running', 'paused');

create table collection_items (
  org_id uuid not null references workspaces,
  run_id uuid not null,
  id uuid not null,
  type text not null check (type in ('amazon_product', 'ebay_seller')),
  status text not null check (status in ('pending', 'processing', 'completed', 'failed', 'skipped')),
  external_id text not null,
  data jsonb not null default '{}',
  error_code text,
  error_message text,
  cost_cents integer not null default 0,
  cost_microusd bigint not null default 0,
  attempts integer not null default 0,
  lease_owner text,
  lease_until timestamptz(3),
  is_new boolean,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (org_id, run_id, id),
  unique (org_id, run_id, type, external_id),
  foreign key (org_id, run_id) references collection_runs (org_id, id) on delete cascade
);
create index collection_items_status on collection_items (org_id, run_id, type, status);

select protect_tenant_table(name) from unnest(array[
  'workspaces', 'members', 'counters', 'sellers', 'activity', 'activity_targets', 'mutations',
  'id_aliases', 'collection_settings', 'collection_runs', 'collection_items'
]::regclass[]) as name;
