import type { RunRequest } from '#lib/protocol/collection.ts';
import { runAnswer } from '#lib/protocol/collection.ts';
import type { Api } from './client.ts';

/** Starts a run. Errors: `over_budget`, `run_limit`, `unknown_ids`, `invalid_request`. */
export function startRun(api: Api, request: RunRequest) {
  return api.request({ method: 'POST', path: '/collection/runs', body: request, schema: runAnswer });
}

/** Errors: `invalid_transition` with the current status. */
export function changeRun(api: Api, runId: string, action: 'pause' | 'resume' | 'cancel') {
  return api.request({ method: 'POST', path: `/collection/runs/${runId}/${action}`, body: {}, schema: runAnswer });
}
