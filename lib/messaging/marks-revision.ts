/**
 * Key in `storage.local` whose value the worker changes after every write that may change a mark.
 * Overlays listen to it: a storage event reaches eBay's tabs without a permission for tabs.
 */
export const MARKS_REVISION_KEY = 'marksRevision';
