/** Forms and fields of eBay's check-that-you-are-human pages. */
const CHALLENGE = '#captcha_form,form[action*="captcha"],#destForm,.target-icaptcha-slot';

/** Titles of the pages that come instead of the one asked for; all marketplaces were seen to send them in English. */
const TITLE = /^(?:security measure|pardon our interruption|error page|service unavailable|access denied)\b/iu;

/** A page that has come instead of the one asked for: says nothing about sellers, least of all that there are none. */
export function isBlockedPage(document: Document): boolean {
  if (document.querySelector('.srp-results,li.s-card,li.s-item') !== null) return false;
  if (document.querySelector(CHALLENGE) !== null) return true;
  return TITLE.test((document.querySelector('title')?.textContent ?? '').trim());
}
