/** Cells of the first column stay at the left, beside the boxes, while the others go by under them. */
export const PINNED_CELL = 'sticky left-9 z-2 border-r border-line/60';

export const PINNED_BOX = 'sticky left-0 z-2';
