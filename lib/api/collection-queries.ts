import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import type { EstimateRequest } from '#lib/protocol/collection.ts';
import { categoriesAnswer, estimateAnswer, sourcesAnswer } from '#lib/protocol/collection.ts';
import { me } from '#lib/protocol/account.ts';
import type { Api } from './client.ts';
import { readCollectionSettings } from './collection.ts';
import { listPresets, listSchedules } from './collection-plans.ts';
import { parseRun } from './parse-run.ts';
import { queryKeys } from './query-keys.ts';

/** Categories and sources hardly ever change. */
const RARELY_MS = 5 * 60_000;

export function categoriesQuery(workspace: string, api: Api) {
  return queryOptions({
    queryKey: queryKeys(workspace).categories,
    queryFn: ({ signal }) => api.request({ path: '/collection/categories', schema: categoriesAnswer, signal }),
    staleTime: RARELY_MS,
  });
}

export function sourcesQuery(workspace: string, api: Api) {
  return queryOptions({
    queryKey: queryKeys(workspace).sources,
    queryFn: ({ signal }) => api.request({ path: '/collection/sources', schema: sourcesAnswer, signal }),
    staleTime: RARELY_MS,
  });
}

export function estimateQuery(workspace: string, api: Api, request: EstimateRequest) {
  return queryOptions({
    queryKey: queryKeys(workspace).estimate(request),
    queryFn: ({ signal }) =>
      api.request({ method: 'POST', path: '/collection/estimate', body: request, schema: estimateAnswer, signal }),
  });
}

/** Who is signed in here, and what this person may do. */
export function meQuery(workspace: string, api: Api) {
  return queryOptions({
    queryKey: queryKeys(workspace).me,
    queryFn: ({ signal }) => api.request({ path: '/me', schema: me, signal }),
    staleTime: RARELY_MS,
  });
}

export function collectionSettingsQuery(workspace: string, api: Api) {
  return queryOptions({
    queryKey: queryKeys(workspace).collectionSettings,
    queryFn: ({ signal }) => readCollectionSettings(api, signal),
  });
}

export function presetsQuery(workspace: string, api: Api) {
  return queryOptions({
    queryKey: queryKeys(workspace).presets,
    queryFn: async ({ signal }) => (await listPresets(api, signal)).presets,
  });
}

export function schedulesQuery(workspace: string, api: Api) {
  return queryOptions({
    queryKey: queryKeys(workspace).schedules,
    queryFn: async ({ signal }) => (await listSchedules(api, signal)).schedules,
  });
}

/** What a run does right now. A poll is not repeated: the next one comes anyway. */
export function progressQuery(workspace: string, api: Api, runId: string) {
  return queryOptions({
    queryKey: queryKeys(workspace).progress(runId),
    queryFn: async ({ signal }) => {
      const body = await api.request({ path: `/collection/runs/${runId}/progress`, schema: z.unknown(), signal });
      return { ...parseRun(body), askedAt: Date.now() };
    },
    retry: false,
  });
}
