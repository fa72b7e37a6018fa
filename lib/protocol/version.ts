/** Raised with every change of a wire schema that an older side would misread; tests/structure pins a hash to it. */
export const PROTOCOL_VERSION = 1;

/** Every answer of the server carries its protocol here, every request of the extension its own. */
export const PROTOCOL_HEADER = 'x-sellerdex-protocol';
export const ORG_HEADER = 'x-org-id';
