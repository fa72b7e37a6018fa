import type { ColumnType, Generated } from 'kysely';
import type { RunSettings } from '#lib/domain/run-settings.ts';
import type { ViewColumns } from '#lib/protocol/seller-views.ts';
import type { activity } from '#lib/tables/activity.ts';
import type { collectionRuns } from '#lib/tables/collection-runs.ts';
import type { Column, Columns } from '#lib/tables/columns.ts';
import type { sellers } from '#lib/tables/sellers.ts';

/** A time as the database gives it; written as a Date or an ISO text. */
type Time<Null = never> = ColumnType<Date | Null, Date | string | Null, Date | string | Null>;
/** A JSON column: read as its value, written as JSON text (a bare array would become a Postgres array). */
type Json<T> = ColumnType<T, string, string>;

type SqlColumn<C> =
  C extends Column<infer Wire, infer Inside>
    ? [Exclude<Inside, null | undefined>] extends [number]
      ? [Exclude<Wire, null>] extends [string]
        ? Time<Extract<Wire, null>>
        : Wire
      : Exclude<Wire, null> extends string | boolean
        ? Wire
        : Json<Wire>
    : never;

type Synced<C extends Columns> = { [K in keyof C]: SqlColumn<C[K]> } & { org_id: string };

/** What to collect and how, kept under a name. */
interface SavedPlan {
  org_id: string;
  id: string;
  name: string;
  category_ids: Json<string[]>;
  product_source: string;
  seller_source: string;
  settings: Json<RunSettings>;
  created_by: string;
  created_at: Time;
  updated_at: Time;
}

export interface Schema {
  server_settings: { key: string; value: string };
  database_epoch: { single: Generated<boolean>; id: string };
  user: { id: string; name: string; email: string };
  workspaces: { org_id: string; name: string; created_at: Time };
  members: { org_id: string; user_id: string; role: 'owner' | 'member'; created_at: Time };
  counters: { org_id: string; name: string; value: Generated<number>; purge_floor: Generated<number> };
  sellers: Synced<typeof sellers.columns> & {
    field_stamps: Json<Record<string, number>>;
    never_again: Generated<boolean>;
  };
  activity: Synced<typeof activity.columns>;
  activity_targets: { org_id: string; activity_id: string; record_id: string };
  mutations: {
    org_id: string;
    id: string;
    request_hash: string;
    result: Json<Record<string, unknown>>;
    client_id: string;
    user_id: string;
    created_at: Time;
  };
  id_aliases: { org_id: string; table_name: string; alias: string; id: string; created_at: Time };
  collection_settings: {
    org_id: string;
    budget_cap_cents: Generated<number>;
    soft_warning_percent: Generated<number>;
    max_concurrent_runs: Generated<number>;
    microusd_per_call: Json<Record<string, number>>;
    default_settings: ColumnType<Partial<RunSettings>, string | undefined, string>;
  };
  collection_presets: SavedPlan & { name_key: string };
  collection_schedules: SavedPlan & {
    cron: string;
    time_zone: string;
    active: boolean;
    next_run_at: Time<null>;
    last_run_id: string | null;
    last_started_at: Time<null>;
    last_problem: string | null;
  };
  seller_views: {
    org_id: string;
    id: string;
    name: string;
    name_key: string;
    search: string;
    filter: string;
    sort: string;
    columns: ColumnType<ViewColumns | null, string | null, string | null>;
    created_by: string;
    created_at: Time;
    updated_at: Time;
  };
  collection_runs: Synced<typeof collectionRuns.columns> & {
    estimated_cost_microusd: Generated<number>;
    actual_cost_microusd: Generated<number>;
    reserved_cost_microusd: Generated<number>;
    failure_streak: Generated<number>;
    heartbeat_at: Time<null>;
  };
  collection_items: {
    org_id: string;
    run_id: string;
    id: string;
    type: 'amazon_product' | 'ebay_seller';
    status: 'pending' | 'processing' | 'completed' | 'failed' | 'skipped';
    external_id: string;
    data: Json<Record<string, unknown>>;
    error_code: string | null;
    error_message: string | null;
    cost_cents: Generated<number>;
    cost_microusd: Generated<number>;
    attempts: Generated<number>;
    lease_owner: string | null;
    lease_until: Time<null>;
    seller_id: string | null;
    is_new: boolean | null;
    created_at: Time;
    updated_at: Time;
  };
}
