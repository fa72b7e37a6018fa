import { activity } from './activity.ts';
import { collectionRuns } from './collection-runs.ts';
import { sellers } from './sellers.ts';

/** Every synced table. A new one is a file beside this, a line here and a migration. */
export const tables = { sellers, 'collection-runs': collectionRuns, activity } as const;

export type TableName = keyof typeof tables;
export const tableNames = Object.keys(tables) as TableName[];

export function isTableName(value: string): value is TableName {
  return Object.hasOwn(tables, value);
}
