import type { ServerEvent } from '#lib/protocol/events.ts';
import { tableNames } from '#lib/tables/index.ts';
import type { Permission } from '#server/auth/permissions.ts';

/** An event for one workspace. With `creator`, it reaches only that member and holders of `runs.manage`. */
export type LiveMessage = ServerEvent & { orgId: string; creator?: string | undefined };

export interface Subscriber {
  readonly orgId: string;
  readonly userId: string;
  readonly permissions: readonly Permission[];
}

export type Hear = (message: ServerEvent) => void;

export interface LiveHub {
  /** Tells everybody whom it concerns, in this process and the others. Call it after the commit. */
  publish(message: LiveMessage): void;
  /** Returns the end of the subscription. A hearer must not throw. */
  subscribe(who: Subscriber, hear: Hear): () => void;
  close(): Promise<void>;
}

/** Carries messages between processes; absent on an embedded database, which has one. */
export interface LiveWire {
  send(payload: string): Promise<void>;
  /** `onReopened`: the wire was cut and is back; what was sent meanwhile is lost. */
  listen(hear: (payload: string) => void, onReopened: () => void): Promise<() => Promise<void>>;
  /** The last change number of each workspace. */
  readVersions(orgIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  onError(error: unknown): void;
}

// Postgres refuses a NOTIFY of 8,000 bytes or more. Events are hints, so a larger one stays at home.
const MAX_PAYLOAD_BYTES = 7_900;

export async function createHub(wire?: LiveWire): Promise<LiveHub> {
  const self = crypto.randomUUID();
  const byOrg = new Map<string, Set<{ who: Subscriber; hear: Hear }>>();

  function deliver({ orgId, creator, ...event }: LiveMessage): void {
    for (const { who, hear } of byOrg.get(orgId) ?? []) {
      if (creator === undefined || who.userId === creator || who.permissions.includes('runs.manage')) {
        hear(event as ServerEvent);
      }
    }
  }

  /** Something may have changed anywhere: whoever listens pulls every table. */
  async function tellAll({ readVersions }: LiveWire): Promise<void> {
    if (byOrg.size === 0) return;
    for (const [orgId, version] of await readVersions([...byOrg.keys()])) {
      for (const table of tableNames) deliver({ orgId, event: 'change', data: { table, version } });
    }
  }

  const unlisten = await wire?.listen(
    (payload) => {
      const { from, message } = JSON.parse(payload) as { from: string; message: LiveMessage };
      if (from !== self) deliver(message);
    },
    () => void tellAll(wire).catch((error: unknown) => wire.onError(error)),
  );

  return {
    publish(message) {
      deliver(message);
      if (wire === undefined) return;
      const payload = JSON.stringify({ from: self, message });
      if (Buffer.byteLength(payload) <= MAX_PAYLOAD_BYTES) wire.send(payload).catch((error) => wire.onError(error));
    },
    subscribe(who, hear) {
      const entry = { who, hear };
      const entries = byOrg.get(who.orgId) ?? new Set();
      byOrg.set(who.orgId, entries.add(entry));
      return () => {
        entries.delete(entry);
        if (entries.size === 0 && byOrg.get(who.orgId) === entries) byOrg.delete(who.orgId);
      };
    },
    close: async () => {
      byOrg.clear();
      await unlisten?.();
    },
  };
}
