import type { RawBuilder } from 'kysely';

export interface PageRequest {
  readonly orgId: string;
  readonly visible: RawBuilder<boolean>;
  readonly limit: number;
}

export interface PageRow {
  /** Row number or change number, whichever the page is ordered by. */
  position: number;
  json: string;
}
