-- Lists of sellers that were saved under a name: search, filter and sort as the manager's address says them.
create table seller_views (
  org_id uuid not null references workspaces,
  id uuid not null,
  name text not null,
  -- The name without regard to case: what may not be there twice.
  name_key text not null,
  search text not null,
  filter text not null,
  sort text not null,
  -- Null: columns are left as they are.
  columns jsonb,
  created_by uuid not null,
  created_at timestamptz(3) not null,
  updated_at timestamptz(3) not null,
  primary key (org_id, id),
  unique (org_id, name_key)
);

select protect_tenant_table('seller_views');
