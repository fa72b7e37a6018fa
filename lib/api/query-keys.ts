/**
 * The keys of everything that is asked of the server and not synced. Every key begins with the
 * workspace, so that nothing of one can be shown in another.
 */
export function queryKeys(workspace: string) {
  return {
    categories: [workspace, 'categories'] as const,
    sources: [workspace, 'sources'] as const,
    presets: [workspace, 'presets'] as const,
    sellerViews: [workspace, 'seller-views'] as const,
    sellerRuns: (id: string, timesSeen: number) => [workspace, 'seller-runs', id, timesSeen] as const,
    schedules: [workspace, 'schedules'] as const,
    collectionSettings: [workspace, 'collection-settings'] as const,
    estimates: [workspace, 'estimate'] as const,
    estimate: (request: object) => [workspace, 'estimate', request] as const,
    run: (runId: string) => [workspace, 'run', runId] as const,
    progress: (runId: string) => [workspace, 'run', runId, 'progress'] as const,
    runItems: (runId: string, status: string) => [workspace, 'run', runId, 'items', status] as const,
    runSamples: (runId: string) => [workspace, 'run', runId, 'samples'] as const,
    knownSellers: (runId: string) => [workspace, 'run', runId, 'known sellers'] as const,
    runSellers: (runId: string) => [workspace, 'run', runId, 'sellers'] as const,
    me: [workspace, 'me'] as const,
    runActivity: (runId: string) => [workspace, 'run', runId, 'activity'] as const,
  };
}
