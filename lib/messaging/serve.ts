import type { z } from 'zod';
import { AppError } from '#lib/shared/app-error.ts';
import { toAppError } from '#lib/shared/to-app-error.ts';
import {
  type AnswerMessage,
  type Caller,
  type Contract,
  contract,
  type Output,
  type ProcedureName,
  type RequestMessage,
} from './contract.ts';

/** One function for each procedure of the contract. Inputs are parsed. */
export type Handlers = {
  [N in ProcedureName]: (input: z.output<Contract[N]['input']>) => Promise<Output<N>>;
};

/** The parts of a message's sender that are looked at; the browser fills them in. */
export interface Sender {
  id?: string | undefined;
  url?: string | undefined;
  tab?: unknown;
}

/** This extension: its id, and the origin of its pages with a slash at the end. */
export interface Self {
  id: string;
  origin: string;
}

/**
 * The answer to one message. Never rejects: whatever a handler throws is answered with its code.
 * Nothing of a request that is refused is in the answer.
 */
export async function answerMessage(
  handlers: Handlers,
  message: RequestMessage,
  sender: Sender,
  self: Self,
): Promise<AnswerMessage> {
  try {
    if (!Object.hasOwn(contract, message.procedure)) throw new AppError('not_allowed_here');
    const name = message.procedure as ProcedureName;
    const caller = callerOf(sender, self);
    if (caller === null || !(contract[name].from as readonly Caller[]).includes(caller))
      throw new AppError('not_allowed_here');
    return { ok: true, value: await call(handlers, name, message.input) };
  } catch (thrown) {
    const { code, message: words, details } = toAppError(thrown);
    return { ok: false, error: { code, message: words, details } };
  }
}

async function call<N extends ProcedureName>(handlers: Handlers, name: N, input: unknown): Promise<unknown> {
  const parsed = contract[name].input.safeParse(input);
  if (!parsed.success) {
    const problems = parsed.error.issues
      .slice(0, 10)
      .map((issue) => ({ path: issue.path.map(String).join('.'), message: issue.message }));
    throw new AppError('invalid_request', { details: { problems } });
  }
  return handlers[name](parsed.data as z.output<Contract[N]['input']>);
}

function callerOf(sender: Sender, self: Self): Caller | null {
  if (sender.id !== self.id || sender.url === undefined) return null;
  if (sender.url.startsWith(self.origin)) return 'page';
  return sender.tab !== undefined && /^https?:/u.test(sender.url) ? 'overlay' : null;
}

/** Whether a message is meant for this contract; others are left to other listeners. */
export function isRequest(message: unknown): message is RequestMessage {
  return (
    typeof message === 'object' &&
    message !== null &&
    'sellerdex' in message &&
    message.sellerdex === 1 &&
    'procedure' in message &&
    typeof message.procedure === 'string' &&
    'input' in message
  );
}
