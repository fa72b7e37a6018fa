import { cleanName, normalizeName } from '#lib/domain/seller.ts';
import type { TableName } from '#lib/tables/index.ts';

/** What the declaration of a table cannot say, because it concerns the server alone. */
export interface TableRules {
  /** Columns that name a row among the live ones; the last of them is computed from the data. */
  readonly identity: readonly [string, string];
  /** Value of the first identity column where the data gives none. */
  readonly scope: string;
  /** The column that changes the identity when it is edited. */
  readonly label: string;
  /** What people call one row and several. */
  readonly words: readonly [string, string];
  /** Data as it is stored: cleaned, with computed columns. */
  prepare(data: Readonly<Record<string, unknown>>): Record<string, unknown>;
}

const sellers: TableRules = {
  identity: ['platform', 'normalized_name'],
  scope: 'ebay',
  label: 'display_name',
  words: ['seller', 'sellers'],
  prepare: ({ platform: _scope, ...data }) => {
    const name = data['display_name'];
    if (typeof name !== 'string') return data;
    return { ...data, display_name: cleanName(name), normalized_name: normalizeName(name) };
  },
};

/** Tables that clients may push to. */
export const tableRules: Readonly<Partial<Record<TableName, TableRules>>> = { sellers };
