import type { Page } from '@playwright/test';
import type { Input, ProcedureName } from '#lib/messaging/contract.ts';

export interface CommandAnswer {
  readonly ok: boolean;
  readonly error?: { readonly code: string };
}

/** Sends one command as the extension's pages do, without their repeats; null when the worker died with it. */
export async function sendCommand<N extends ProcedureName>(
  page: Pick<Page, 'evaluate'>,
  procedure: N,
  input: Input<N>,
): Promise<CommandAnswer | null> {
  const message = JSON.stringify({ sellerdex: 1, procedure, input });
  return page.evaluate<CommandAnswer | null>(
    `(globalThis.browser ?? chrome).runtime.sendMessage(${message}).then((answer) => answer ?? null, () => null)`,
  );
}
