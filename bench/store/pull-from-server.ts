import type { PullAnswer } from '#lib/protocol/pull.ts';
import { ANSWER_ROWS } from './made-sellers.ts';
import type { Subject } from './subject.ts';
import type { Answer } from './tasks.ts';

export interface PullTask {
  readonly name: 'pull';
  readonly rows: number;
  readonly limitMs: number;
  readonly server: string;
  readonly token: string;
}

/** A first sync from a server, from the first question on. */
export async function pullFromServer(subject: Subject, { limitMs, server, token }: PullTask): Promise<Answer> {
  const from = performance.now();
  const ask = async (cursor: string | null, limit: number): Promise<PullAnswer> => {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor === null ? {} : { cursor }) });
    const response = await fetch(`${server}/sync/sellers?${query}`, { headers: { authorization: `Bearer ${token}` } });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return (await response.json()) as PullAnswer;
  };
  let stored = 0;
  let firstMs: number | undefined;
  // The first answer is small, as ours is.
  let next: Promise<PullAnswer> | null = ask(null, 1000);
  while (next !== null && performance.now() - from < limitMs) {
    const answer: PullAnswer = await next;
    next = answer.has_more ? ask(answer.next_cursor, ANSWER_ROWS) : null;
    await subject.fill(answer);
    firstMs ??= performance.now() - from;
    stored += answer.items.length;
  }
  await next;
  if (next === null) await subject.filled();
  return { ms: [performance.now() - from], firstMs, stored };
}
