import { navigate, parseRoute } from './route.ts';

/** Opens “Collect sellers” over what the Runs page shows. */
export function openCollect(): void {
  const { page, params } = parseRoute(location.hash);
  navigate('runs', { ...(page === 'runs' && Object.fromEntries(params)), collect: '1' });
}
