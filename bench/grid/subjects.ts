import type { GridSubject } from './subject.ts';

/** Loaded one at a time: style sheets and modules of the others would weigh on it. */
const subjects: Record<string, () => Promise<() => GridSubject>> = {
  sellerdex: async () => (await import('./sellerdex.tsx')).createSellerdex,
  'sellerdex-memory': async () => (await import('./sellerdex-memory.tsx')).createSellerdexMemory,
  'ag-grid': async () => (await import('./ag-grid.ts')).createAgGrid,
  glide: async () => (await import('./glide.tsx')).createGlide,
};

export async function loadSubject(name: string): Promise<GridSubject> {
  const create = await subjects[name]?.();
  if (create === undefined) throw new Error(`no subject ${name}`);
  return create();
}

/** It fills the page. */
export function addHost(): HTMLElement {
  const host = document.createElement('div');
  host.style.cssText = 'position: fixed; inset: 0';
  document.body.append(host);
  return host;
}
