const LOGIN = /\/usr\/([^/?#]+)|[?&]_ssn=([^&#]+)/u;

/** The username that an eBay address names (`/usr/LOGIN`, `_ssn=LOGIN`); null when it names none. A store slug is none. */
export function loginFromLink(href: string): string | null {
  const match = LOGIN.exec(href);
  const encoded = match?.[1] ?? match?.[2];
  if (encoded === undefined) return null;
  try {
    return decodeURIComponent(encoded);
  } catch (thrown) {
    if (thrown instanceof URIError) return null;
    throw thrown;
  }
}
