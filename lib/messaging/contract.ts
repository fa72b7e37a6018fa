import { z } from 'zod';
import { newsKinds } from '#lib/domain/run-news.ts';

/** Who may call a procedure: an extension page, or the overlay inside an eBay page (hostile input). */
export type Caller = 'page' | 'overlay';

export interface Procedure {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly from: readonly Caller[];
}

const MOST_TARGETS = 50_000;

const target = z.object({ id: z.uuid(), no: z.int() });

/** Targets as lib/store/packed-targets.ts makes them: some 300 kB for 10,000. Of no more than there may be unpacked. */
const packedTargets = z.strictObject({
  nos: z.string().max(MOST_TARGETS * 17),
  ids: z.string().max(Math.ceil((MOST_TARGETS * 16) / 3) * 4),
});

/** Epoch milliseconds up to the last moment that a Date holds (ECMAScript, time values). */
const editTime = z.int().min(0).max(8.64e15);

/** A mutation made in a page. `id` is made there once, so that repeating the command adds it once. */
const pageMutation = z.strictObject({
  id: z.uuid(),
  table: z.literal('sellers'),
  op: z.enum(['create', 'update', 'flag', 'delete', 'restore']),
  /** What it is about: these, or many at once. */
  targets: z.union([z.array(target).max(MOST_TARGETS), packedTargets]),
  data: z.record(z.string(), z.unknown()),
  /** `create` of several rows: data of each target; then `data` is empty. */
  rows: z.array(z.record(z.string(), z.unknown())).max(10_000).optional(),
  edited_at: editTime,
});
export type PageMutation = z.infer<typeof pageMutation>;

/** A seller as an eBay page shows it. */
const seenSeller = z.strictObject({
  name: z.string().min(1).max(200),
  feedback_percent: z.number().min(0).max(100).nullable(),
  feedback_count: z.int32().min(0).nullable(),
});
export type SeenSeller = z.infer<typeof seenSeller>;

const mark = z.object({
  name: z.string(),
  state: z.enum(['new', 'known', 'flagged']),
  times_seen: z.int(),
});
export type Mark = z.infer<typeof mark>;

/** Minutes between two syncs that nothing else asks for. */
export const SYNC_MINUTES = [0.5, 1, 2, 5, 10, 15, 30, 60] as const;

const syncState = z.enum(['synced', 'syncing', 'offline', 'attention', 'signed_out']);

/** What the status line says. Times are epoch milliseconds. */
export const syncStatus = z.object({
  state: syncState,
  /** Rows with changes that the server does not have yet. */
  waiting: z.int(),
  attention: z.int(),
  last_synced_at: z.int().nullable(),
  /** Share of the first sync that has arrived, while it runs. */
  progress: z.object({ received: z.int(), remaining: z.int() }).nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  /** `rebuilding`: the list was damaged or dropped, and comes again; `lost`: with what was not sent, until seen. */
  notice: z.enum(['rebuilding', 'lost']).nullable(),
});
export type SyncStatus = z.infer<typeof syncStatus>;

export const contract = {
  'connection.connect': {
    from: ['page'],
    input: z.strictObject({ server: z.string().max(2000), email: z.string().max(320), password: z.string().max(1000) }),
    output: z.object({ org: z.string(), email: z.string() }),
  },
  'connection.disconnect': {
    from: ['page'],
    /**
     * `send`: only when everything could be sent, else `still_unsent` and nothing happens; `keep`: unsent
     * changes wait in this browser for the same account; `discard`: they are dropped.
     */
    input: z.strictObject({ unsent: z.enum(['send', 'keep', 'discard']) }),
    output: z.object({}),
  },
  /** `news`: the server has told of something; nobody has asked. */
  'sync.now': { from: ['page'], input: z.strictObject({ news: z.boolean().optional() }), output: syncStatus },
  mutate: {
    from: ['page'],
    /** `store_key`: the workspace that the page shows; `signed_out` when it is not the connected one any more. */
    input: z.strictObject({ mutations: z.array(pageMutation).min(1).max(1000), store_key: z.string().optional() }),
    output: z.object({}),
  },
  'attention.resolve': {
    from: ['page'],
    input: z.strictObject({ ids: z.array(z.uuid()).max(10_000), action: z.enum(['retry', 'discard']) }),
    output: z.object({}),
  },
  /** The refused change once more with other data, as a change made now. */
  'attention.edit': {
    from: ['page'],
    input: z.strictObject({ id: z.uuid(), data: z.record(z.string(), z.unknown()) }),
    output: z.object({}),
  },
  /** A page could not read the local data: the background looks itself, and rebuilds what is damaged. */
  'storage.check': { from: ['page'], input: z.strictObject({}), output: z.object({ damaged: z.boolean() }) },
  /** A person has read that local data was lost. */
  'notice.seen': { from: ['page'], input: z.strictObject({}), output: z.object({}) },
  'settings.sync': {
    from: ['page'],
    input: z.strictObject({ minutes: z.literal(SYNC_MINUTES) }),
    output: z.object({}),
  },
  /** Kinds of notification that this browser does not show. */
  'settings.notifications': {
    from: ['page'],
    input: z.strictObject({ silenced: z.array(z.enum(newsKinds)).max(newsKinds.length) }),
    output: z.object({}),
  },
  /** Restarts the extension into the version that waits; its manager tabs come back at their addresses. */
  'update.apply': { from: ['page'], input: z.strictObject({}), output: z.object({}) },
  'marks.lookup': {
    from: ['overlay', 'page'],
    input: z.strictObject({ names: z.array(z.string().min(1).max(200)).max(1000) }),
    output: z.object({ connected: z.boolean(), marks: z.array(mark) }),
  },
  'marks.change': {
    from: ['overlay', 'page'],
    input: z.strictObject({
      id: z.uuid(),
      action: z.enum(['add', 'flag', 'unflag']),
      sellers: z.array(seenSeller).min(1).max(1000),
      edited_at: editTime,
    }),
    output: z.object({ marks: z.array(mark) }),
  },
} as const satisfies Record<string, Procedure>;

export type Contract = typeof contract;
export type ProcedureName = keyof Contract;
export type Input<N extends ProcedureName> = z.input<Contract[N]['input']>;
export type Output<N extends ProcedureName> = z.output<Contract[N]['output']>;

/** Every message is one of these, every answer one of those. */
export interface RequestMessage {
  readonly sellerdex: 1;
  readonly procedure: string;
  readonly input: unknown;
}
export type AnswerMessage =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: { code: string; message: string; details: Record<string, unknown> } };
