import type { CheckedMutation } from './check-mutation.ts';
import type { Tx } from '#server/db/in-org.ts';
import type { Write, WrittenRow } from './sql/merge-rows.ts';

/** One mutation under way: its transaction, where its change numbers begin, when it was made. */
export interface Work extends Write {
  readonly tx: Tx;
  readonly mutation: CheckedMutation;
  /** Epoch milliseconds, as the server reckons it. */
  readonly editTime: number;
}

export interface OutcomeRecord {
  id: string;
  no: number;
  version: number;
  requested_id?: string;
}

/** What a mutation did. Rows that it left as they were count as applied, but not as changed. */
export interface Outcome {
  readonly records: readonly OutcomeRecord[];
  readonly missing: readonly string[];
  readonly changed: readonly WrittenRow[];
  /** Name of the first row, for the audit trail. */
  readonly label: string;
}
