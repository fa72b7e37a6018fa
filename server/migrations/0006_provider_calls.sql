-- How many calls each key of a provider has made in one of the provider's own days, over all processes
-- that share the key. The key itself is never kept, only its hash. A key belongs to the server, so there
-- is no workspace here, and what runs of single workspaces may see is nothing of it.
create table provider_calls (
  source text not null,
  key_hash text not null,
  day date not null,
  calls integer not null,
  primary key (source, key_hash, day)
);
grant select, insert, update, delete on provider_calls to sellerdex_system;
