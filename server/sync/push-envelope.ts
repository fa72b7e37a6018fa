import { z } from 'zod';
import { PUSH_MAX_MUTATIONS, PUSH_MAX_RECORD_IDS, pushRequest } from '#lib/protocol/push.ts';

/**
 * What must be right for a push to be answered at all: who sends it, when, and an id for each
 * mutation. Everything else inside a mutation is judged for itself, so that one bad mutation, perhaps
 * of a newer client, does not stop its neighbours.
 */
const envelope = pushRequest
  .extend({ mutations: z.array(z.looseObject({ id: z.uuid() })).max(PUSH_MAX_MUTATIONS) })
  .refine(({ mutations }) => countIds(mutations, 'record_ids') <= PUSH_MAX_RECORD_IDS, {
    path: ['mutations'],
    error: `at most ${PUSH_MAX_RECORD_IDS} record ids in a call`,
  })
  .refine(({ mutations }) => countIds(mutations, 'rows') <= PUSH_MAX_RECORD_IDS, {
    path: ['mutations'],
    error: `at most ${PUSH_MAX_RECORD_IDS} rows in a call`,
  });

export type PushEnvelope = z.infer<typeof envelope>;

export function readEnvelope(body: unknown): z.ZodSafeParseResult<PushEnvelope> {
  return envelope.safeParse(body);
}

function countIds(mutations: readonly Record<string, unknown>[], field: 'record_ids' | 'rows'): number {
  return mutations.reduce((sum, { [field]: ids }) => sum + (Array.isArray(ids) ? ids.length : 0), 0);
}
