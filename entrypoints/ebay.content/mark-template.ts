const SVG = 'http://www.w3.org/2000/svg';
const FLAG = 'M5 22V4M5 4h13l-3 4.5 3 4.5H5';
const PLUS = 'M12 5v14M5 12h14';

let template: HTMLElement | undefined;

/** The parts of one mark, copied from a template made once: a page has hundreds. */
export function markTemplate(): {
  mark: HTMLElement;
  flag: HTMLButtonElement;
  add: HTMLButtonElement;
  timesText: HTMLElement;
} {
  template ??= build();
  const mark = document.importNode(template, true);
  const [flag, add, timesText] = mark.children;
  return { mark, flag: flag as HTMLButtonElement, add: add as HTMLButtonElement, timesText: timesText as HTMLElement };
}

function build(): HTMLElement {
  const mark = withClass(document.createElement('span'), 'mark');
  mark.append(iconButton('flag', FLAG), iconButton('add', PLUS), withClass(document.createElement('span'), 'times'));
  mark.lastElementChild?.setAttribute('aria-hidden', 'true');
  return mark;
}

function iconButton(name: string, path: string): HTMLButtonElement {
  const button = withClass(document.createElement('button'), name);
  button.type = 'button';
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(SVG, 'path');
  line.setAttribute('d', path);
  icon.append(line);
  button.append(icon);
  return button;
}

function withClass<E extends Element>(element: E, name: string): E {
  element.className = name;
  return element;
}
