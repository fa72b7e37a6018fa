/** Most products of a person's own list in one run. */
export const MAX_PRODUCTS = 10_000;
