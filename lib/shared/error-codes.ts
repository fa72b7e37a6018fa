/**
 * Every error code of the program, with the HTTP status that the server answers (clients ignore it)
 * and what a person reads: what happened, what it means, what to do next. `passing`: the other side
 * was not there or asked to wait, so that the same again later may go well, without anybody's doing.
 */
export const errorCodes = {
  invalid_request: { status: 400, words: 'The request is not of the form that the server expects.' },
  invalid_cursor: { status: 400, words: 'The cursor is not one of this table and workspace. Start again without it.' },
  invalid_sort: { status: 400, words: 'That column cannot be sorted by.' },
  unauthorized: { status: 401, words: 'You are signed out. Sign in again; your changes are kept.' },
  wrong_credentials: { status: 401, words: 'Email or password is wrong. Check both and try again.' },
  over_budget: { status: 402, words: 'The estimate is over the budget cap. Choose fewer categories or raise the cap.' },
  forbidden: { status: 403, words: 'Your role does not allow this. Ask an owner of the workspace.' },
  not_found: { status: 404, words: 'There is nothing at that address in this workspace.' },
  run_limit: { status: 409, words: 'As many runs as allowed are active. Wait for one to finish or cancel one.' },
  invalid_transition: { status: 409, words: 'The run is no longer in a state that allows this.' },
  cursor_expired: { status: 410, words: 'The cursor is too old. Start again without it.' },
  too_large: { status: 413, words: 'The request is larger than the server accepts.' },
  unknown_ids: { status: 422, words: 'Some of the ids are not known.' },
  too_many_requests: {
    status: 429,
    words: 'Too many requests. The program waits and tries again by itself.',
    passing: true,
  },
  internal: { status: 500, words: 'The server failed. The program tries again by itself.', passing: true },
  unavailable: { status: 503, words: 'The server is not ready. The program tries again by itself.', passing: true },

  // Results of single mutations.
  unknown_table: { status: 422, words: 'The server does not know that table.' },
  unknown_op: { status: 422, words: 'That change is not possible on this table.' },
  invalid_data: { status: 422, words: 'A value is not valid.' },
  name_taken: { status: 409, words: 'Another seller has that name already.' },
  deleted: { status: 409, words: 'The row was deleted meanwhile.' },
  idempotency_mismatch: { status: 409, words: 'The change was sent before with other contents.' },

  // Known to the extension alone.
  partly_applied: {
    status: 409,
    words:
      'The rest of the change was made, this part was not: its rows were gone meanwhile, or their names are taken.',
  },
  unreachable: {
    status: 503,
    words: 'The server cannot be reached. Check the address and your connection.',
    passing: true,
  },
  timeout: {
    status: 504,
    words: 'The server did not answer in time. The program tries again by itself.',
    passing: true,
  },
  invalid_answer: { status: 502, words: 'The address answers, but not like a Sellerdex server. Check the address.' },
  protocol_newer: {
    status: 409,
    words: 'The server is newer than this extension. Update the extension; your changes are kept.',
  },
  protocol_older: {
    status: 409,
    words: 'The server is older than this extension. Ask its owner to update it; your changes are kept.',
  },
  invalid_address: {
    status: 400,
    words: 'Enter an address that begins with https://. Plain http works for this computer only.',
  },
  storage_full: {
    status: 507,
    words: 'The disk is full, so nothing can be saved. Free some space and try again.',
  },
  little_room: {
    status: 507,
    words: 'The disk is nearly full, so news from the server is not fetched. Free some space; your changes are kept.',
  },
  storage_broken: {
    status: 500,
    words: 'The local data cannot be opened. It is rebuilt from the server; unsent changes are kept.',
  },
  storage_unreadable: {
    status: 500,
    words:
      'This browser cannot read the changes that wait in it. Choose Disconnect under Settings and discard them, then connect again: the list comes back from the server.',
  },
  storage_blocked: {
    status: 503,
    words: 'An older Sellerdex tab holds the local data. Close the other Sellerdex tabs; it goes on by itself.',
    passing: true,
  },
  still_unsent: {
    status: 409,
    words: 'Not everything could be sent. You are still connected; try again when the server can be reached.',
  },
  nothing_to_undo: {
    status: 409,
    words: 'The server did not accept that change, so there is nothing to undo. See Needs attention.',
  },
  unexpected: {
    status: 500,
    words:
      'Something failed in this browser. What was saved is kept; try again, and restart the browser if it stays so.',
    passing: true,
  },
  not_started: {
    status: 500,
    words:
      'The part of the page that reads the list did not start. Try again; if that does not help, restart the browser.',
  },
  signed_out: { status: 401, words: 'This browser is not connected to a server. Connect under Settings.' },
  not_allowed_here: { status: 403, words: 'This page may not do that.' },
  clipboard_refused: {
    status: 403,
    words: 'The browser gave no access to the clipboard. Click into the page and try again.',
  },
  unreadable_file: { status: 422, words: 'The file cannot be read.' },
  worker_gone: { status: 503, words: 'The extension was restarted. Reload this page.', passing: true },

  // Providers.
  rate_limited: { status: 429, words: 'The provider asked to slow down.', passing: true },
  http_error: { status: 502, words: 'The provider answered with an error.' },
  parse_error: { status: 502, words: 'The provider’s answer could not be read.' },
  blocked: { status: 502, words: 'eBay answered with a block page instead of results.' },
  auth: { status: 502, words: 'The provider refused the sign-in. Check the keys on the server.' },
  quota: { status: 502, words: 'The provider’s quota is used up.' },
} as const satisfies Record<string, { status: number; words: string; passing?: true }>;

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(errorCodes, value);
}

/** Whether a second try may go well by itself; false for a code that this program does not know. */
export function isPassing(code: string): boolean {
  return isErrorCode(code) && 'passing' in errorCodes[code];
}
