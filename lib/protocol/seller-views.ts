import { z } from 'zod';

const column = z.string().min(1).max(64);

/** How columns are arranged, by their ids; widths in pixels. */
export const viewColumns = z.strictObject({
  order: z.array(column).max(64),
  hidden: z.array(column).max(64),
  widths: z.record(column, z.number().min(1).max(10_000)),
});
export type ViewColumns = z.infer<typeof viewColumns>;

const what = {
  /** `q`, `filter` and `sort` of the manager's address. */
  search: z.string().max(200),
  filter: z.string().max(8000),
  sort: z.string().max(500),
  /** Null: columns are left as they are. */
  columns: viewColumns.nullable(),
};
const name = z.string().trim().min(1).max(200);

/** What is left out is empty. */
export const sellerViewRequest = z.strictObject({ name, ...z.object(what).partial().shape });
/** A change of a view: what is left out stays. */
export const sellerViewChange = sellerViewRequest.partial();
export type SellerViewRequest = z.infer<typeof sellerViewRequest>;
export type SellerViewChange = z.infer<typeof sellerViewChange>;

/** A list of sellers saved under a name, shared in the workspace. */
export const sellerViewAnswer = z.object({
  id: z.uuid(),
  name: z.string(),
  ...what,
  created_by: z.uuid(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
});
export const sellerViewsAnswer = z.object({ views: z.array(sellerViewAnswer) });
export type SellerView = z.infer<typeof sellerViewAnswer>;
