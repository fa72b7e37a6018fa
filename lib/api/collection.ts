import type { CollectionSettingsChange, RerunRequest, RunRequest } from '#lib/protocol/collection.ts';
import { collectionSettings, runAnswer } from '#lib/protocol/collection.ts';
import type { Api } from './client.ts';

/** Starts a run; with an `id` it may be sent again. Errors: `over_budget`, `run_limit`, `unknown_ids`, `invalid_request`, `idempotency_mismatch`. */
export function startRun(api: Api, request: RunRequest) {
  return api.request({ method: 'POST', path: '/collection/runs', body: request, schema: runAnswer });
}

/** `budget_cap_cents` with `resume` alone, for who may `settings.manage`. Errors: `invalid_transition` with the current status. */
export function changeRun(
  api: Api,
  runId: string,
  action: 'pause' | 'resume' | 'cancel',
  body: { budget_cap_cents?: number } = {},
) {
  return api.request({ method: 'POST', path: `/collection/runs/${runId}/${action}`, body, schema: runAnswer });
}

/** Starts an ended run once more; with an `id` it may be sent again. Errors: `invalid_transition` while it goes on, `over_budget`, `run_limit`, `invalid_request`, `idempotency_mismatch`. */
export function rerun(api: Api, runId: string, request: RerunRequest = {}) {
  return api.request({ method: 'POST', path: `/collection/runs/${runId}/rerun`, body: request, schema: runAnswer });
}

/** Budget, limits, prices and default search settings of the workspace's runs. */
export function readCollectionSettings(api: Api, signal?: AbortSignal) {
  return api.request({ path: '/collection/settings', schema: collectionSettings, signal });
}

/** What is left out stays. Errors: `forbidden` without `settings.manage`, `invalid_request`. */
export function writeCollectionSettings(api: Api, change: CollectionSettingsChange) {
  return api.request({ method: 'PUT', path: '/collection/settings', body: change, schema: collectionSettings });
}
