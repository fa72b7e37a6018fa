export interface EditTimes {
  /** By the client's clock, epoch milliseconds. */
  readonly sentAt: number;
  readonly editedAt: number;
  /** The last server time that the client had received when the edit was made. */
  readonly seenAt: number | null;
}

/**
 * When an edit was made, as the server reckons it: as long ago as the client says, whatever its clock
 * shows; not before what the client had already seen, not after now, which is the call's arrival: however
 * long the call takes, all its edits are reckoned alike.
 */
export function editTime({ sentAt, editedAt, seenAt }: EditTimes, now: number): number {
  return Math.min(now, Math.max(now - (sentAt - editedAt), seenAt ?? Number.NEGATIVE_INFINITY, 0));
}
