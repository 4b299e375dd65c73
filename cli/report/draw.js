// Makes elements. All text of users goes in as text, never as markup.
/* biome-ignore-all lint/correctness/noUnusedVariables: the scripts after this one use them */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== ''));
  return element;
}
function draw(tag, attributes = {}, ...children) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const time = (iso) => (iso ? `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC` : '');
const mono = (text) => make('span', { class: 'mono' }, text);
/** Names and values, without the values that say nothing. */
function list(rows) {
  return make(
    'dl',
    {},
    rows
      .filter(([, value]) => value !== undefined && value !== '' && value !== null)
      .flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]),
  );
}
/** Replaces what stands in an element; whoever walks by keyboard stays where they were. */
function redraw(element, attribute, ...children) {
  const focused = document.activeElement?.getAttribute?.(attribute);
  element.replaceChildren(...children);
  if (focused) [...element.querySelectorAll(`[${attribute}]`)].find((one) => one.getAttribute(attribute) === focused)?.focus();
}
