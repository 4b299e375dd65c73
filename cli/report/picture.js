// The picture: clusters, policies, rules and firewalls in four columns, and the links between them; below one another where the page is narrow.
const HEADS = ['Clusters', 'Policies', 'Rules', 'Firewalls'];
const KINDS = ['cluster', 'policy', 'rule', 'firewall'];
/** More of a column than this are found by searching. */
const MOST_OF_COLUMN = 20;
const ROW = 50;
/** Narrower than this, the columns stand below one another, and what hangs together is shown by its frame alone. */
const NARROW = 640;

/** @returns the element, and how it shows a state: what was found, what is chosen, the way through it */
// biome-ignore lint/correctness/noUnusedVariables: the script after this one uses it
function pictureOf({ nodes, links }, choose) {
  const holder = make('div', { class: 'card picture' });
  const isNarrow = () => holder.clientWidth < NARROW;

  function show(state) {
    const columns = columnsOf(nodes, state);
    const { width, height, heads, places } = isNarrow()
      ? stacked(columns, holder.clientWidth - 18)
      : sideBySide(columns, holder.clientWidth - 18);
    const svg = draw('svg', {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'group',
      'aria-label': 'clusters, policies, rules, firewalls',
    });
    for (const { x, y, text, style } of heads) svg.append(draw('text', { x, y, class: style }, text));
    if (!isNarrow()) svg.append(...links.flatMap(([from, to]) => linkOf(places.get(from), places.get(to), state.way)));
    for (const place of places.values()) svg.append(boxOf(place, state, columns));
    redraw(holder, 'data-key', svg);
  }

  function linkOf(a, b, way) {
    if (!a || !b) return [];
    const [x1, y1, x2, y2] = [a.x + a.wide, a.y + 20, b.x, b.y + 20];
    const bend = (x2 - x1) / 2;
    const on = way?.has(a.node.key) && way.has(b.node.key);
    return draw('path', {
      d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
      class: `link ${way ? (on ? 'on' : 'off') : ''}`,
    });
  }

  function boxOf({ x, y, wide, node }, { way, chosen }, columns) {
    const name = `${KINDS[node.column]} ${node.title}: ${node.sub}`;
    const group = draw('g', {
      class: ['node', way ? (way.has(node.key) ? 'on' : 'off') : '', node.key === chosen ? 'chosen' : ''].join(' '),
      transform: `translate(${x} ${y})`,
      tabindex: '0',
      role: 'button',
      'aria-pressed': String(node.key === chosen),
      'aria-label': name,
      'data-key': node.key,
    });
    group.append(draw('title', {}, name));
    group.append(draw('rect', { class: 'box', width: wide, height: 40, rx: 6 }));
    group.append(draw('rect', { class: `stripe ${node.stripe}`, x: 0, y: 6, width: 4, height: 28, rx: 2 }));
    // A picture inside the picture: what is longer than the box is cut at its edge, however wide its letters are.
    const inner = draw('svg', { x: 12, width: Math.max(0, wide - 18), height: 40, 'aria-hidden': 'true' });
    inner.append(
      draw('text', { y: 17 }, cut(node.title, wide - 18, 7)),
      draw('text', { y: 32, class: 'sub' }, cut(node.sub, wide - 18, 6.2)),
    );
    group.append(inner);
    group.addEventListener('click', () => choose(node.key));
    group.addEventListener('keydown', (event) => walk(event, node, columns));
    return group;
  }

  function walk(event, node, columns) {
    const { key } = event;
    const focusOn = (next) => next && [...holder.querySelectorAll('.node')].find((one) => one.getAttribute('data-key') === next)?.focus();
    if (key === 'Enter' || key === ' ') choose(node.key);
    else if (key === 'ArrowDown' || key === 'ArrowUp') {
      const { shown } = columns[node.column];
      focusOn(shown[shown.findIndex((one) => one.key === node.key) + (key === 'ArrowDown' ? 1 : -1)]?.key);
    } else if (key === 'ArrowRight' || key === 'ArrowLeft') {
      const seen = columns.flatMap(({ shown }) => shown.map((one) => one.key));
      focusOn(seen.find((one) => node[key === 'ArrowRight' ? 'right' : 'left'].has(one)));
    } else return;
    event.preventDefault();
  }

  return { element: holder, show, isNarrow };
}

/** What is shown of each column, how many more there are, and what is said of them. */
function columnsOf(nodes, { found, way, query }) {
  return HEADS.map((_, column) => {
    const all = [...nodes.values()].filter((node) => node.column === column && found.has(node.key));
    // What hangs together with the chosen one comes first, so that it can be seen.
    if (way && all.length > MOST_OF_COLUMN) all.sort((a, b) => Number(way.has(b.key)) - Number(way.has(a.key)));
    const [shown, hidden] = [all.slice(0, MOST_OF_COLUMN), all.length - MOST_OF_COLUMN];
    const note = hidden > 0 ? `${hidden} more: search to see them` : shown.length > 0 ? '' : query ? 'none found' : 'none';
    return { shown, note };
  });
}

function stacked(columns, room) {
  // A page that is not laid out yet has no width.
  const width = Math.max(200, room);
  const [heads, places] = [[], new Map()];
  let y = 16;
  columns.forEach(({ shown, note }, at) => {
    heads.push({ x: 2, y, text: HEADS[at], style: 'head' });
    y += 14;
    for (const node of shown) {
      places.set(node.key, { x: 2, y, wide: width - 4, node });
      y += ROW;
    }
    if (note) heads.push({ x: 2, y: y + 8, text: note, style: 'more' });
    y += note ? 40 : 22;
  });
  return { width, height: y, heads, places };
}

function sideBySide(columns, room) {
  const width = Math.max(700, room);
  const gap = Math.max(28, width * 0.055);
  const shares = [0.18, 0.26, 0.36, 0.2];
  const rows = Math.max(1, ...columns.map(({ shown, note }) => shown.length + (note ? 1 : 0)));
  const [heads, places] = [[], new Map()];
  let x = 2;
  columns.forEach(({ shown, note }, at) => {
    const wide = (width - 3 * gap - 4) * shares[at];
    heads.push({ x, y: 16, text: HEADS[at], style: 'head' });
    const free = rows - shown.length - (note ? 1 : 0);
    const top = 30 + (Math.min(free, 6) * ROW) / 2;
    for (const [row, node] of shown.entries()) places.set(node.key, { x, y: top + row * ROW, wide, node });
    if (note) heads.push({ x, y: top + shown.length * ROW + 20, text: note, style: 'more' });
    x += wide + gap;
  });
  return { width, height: 34 + rows * ROW, heads, places };
}

const cut = (text, room, wide) => (text.length * wide <= room ? text : `${text.slice(0, Math.max(3, Math.floor(room / wide) - 1))}…`);
