/** Names of what has more than it shows, feeds of a run aside; to be evaluated in a page. */
export function scrollers(): string[] {
  return [...document.querySelectorAll('main *')]
    .filter((element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowY))
    .filter((element) => element.scrollHeight > element.clientHeight + 1)
    .map((element) => element.ariaLabel ?? (element.querySelector('table') === null ? element.className : 'page'))
    .filter((name) => name !== 'What the run does' && name !== 'Last sellers found');
}
