// Draws the report in a browser. All text of users goes in as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const page = document.getElementById('page');
  const state = { chosen: undefined, query: '', found: new Set(), way: undefined };

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

  const { nodes, links, aboutPolicy, throughOf, visible } = graphOf(data);

  // ---- the picture
  const HEADS = ['Clusters', 'Policies', 'Rules', 'Firewalls'];
  const KINDS = ['cluster', 'policy', 'rule', 'firewall'];
  const MOST = 20;
  const holder = make('div', { class: 'card picture' });
  const details = make('aside', { class: 'card', 'aria-live': 'polite' });

  const ROW = 50;
  /** Narrower than this, the columns stand below one another, and what hangs together is shown by its frame alone. */
  const NARROW = 640;
  const noteOf = ({ shown, hidden }) =>
    hidden > 0 ? `${hidden} more: search to see them` : shown.length > 0 ? '' : state.query ? 'none found' : 'none';

  function stacked(columns) {
    const width = holder.clientWidth - 18;
    const [heads, places] = [[], new Map()];
    let y = 16;
    columns.forEach((column, at) => {
      heads.push({ x: 2, y, text: HEADS[at], style: 'head' });
      y += 14;
      for (const node of column.shown) {
        places.set(node.key, { x: 2, y, wide: width - 4, node });
        y += ROW;
      }
      const note = noteOf(column);
      if (note) heads.push({ x: 2, y: y + 8, text: note, style: 'more' });
      y += note ? 40 : 22;
    });
    return { width, height: y, heads, places };
  }

  function sideBySide(columns) {
    const width = Math.max(700, holder.clientWidth - 18);
    const gap = Math.max(28, width * 0.055);
    const shares = [0.18, 0.26, 0.36, 0.2];
    const room = width - 3 * gap - 4;
    const rows = Math.max(1, ...columns.map((column) => column.shown.length + (noteOf(column) ? 1 : 0)));
    const [heads, places] = [[], new Map()];
    let x = 2;
    columns.forEach((column, at) => {
      const wide = room * shares[at];
      const note = noteOf(column);
      heads.push({ x, y: 16, text: HEADS[at], style: 'head' });
      const free = rows - column.shown.length - (note ? 1 : 0);
      const top = 30 + (Math.min(free, 6) * ROW) / 2;
      for (const [row, node] of column.shown.entries()) places.set(node.key, { x, y: top + row * ROW, wide, node });
      if (note) heads.push({ x, y: top + column.shown.length * ROW + 20, text: note, style: 'more' });
      x += wide + gap;
    });
    return { width, height: 34 + rows * ROW, heads, places };
  }

  function drawPicture() {
    const { found, way } = state;
    const columns = HEADS.map((_, column) => {
      const all = [...nodes.values()].filter((node) => node.column === column && found.has(node.key));
      // What hangs together with the chosen one comes first, so that it can be seen.
      if (way && all.length > MOST) all.sort((a, b) => Number(way.has(b.key)) - Number(way.has(a.key)));
      return { shown: all.slice(0, MOST), hidden: Math.max(0, all.length - MOST) };
    });
    const { width, height, heads, places } = holder.clientWidth < NARROW ? stacked(columns) : sideBySide(columns);
    const svg = draw('svg', {
      width,
      height,
      viewBox: `0 0 ${width} ${height}`,
      role: 'group',
      'aria-label': 'clusters, policies, rules, firewalls',
    });
    for (const { x, y, text, style } of heads) svg.append(draw('text', { x, y, class: style }, text));
    for (const [from, to] of holder.clientWidth < NARROW ? [] : links) {
      const [a, b] = [places.get(from), places.get(to)];
      if (!a || !b) continue;
      const [x1, y1, x2, y2] = [a.x + a.wide, a.y + 20, b.x, b.y + 20];
      const bend = (x2 - x1) / 2;
      const on = way?.has(from) && way.has(to);
      svg.append(
        draw('path', {
          d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`,
          class: `link ${way ? (on ? 'on' : 'off') : ''}`,
        }),
      );
    }
    for (const { x, y, wide, node } of places.values()) {
      const classes = ['node', way ? (way.has(node.key) ? 'on' : 'off') : '', node.key === state.chosen ? 'chosen' : ''].join(' ');
      const group = draw('g', {
        class: classes,
        transform: `translate(${x} ${y})`,
        tabindex: '0',
        role: 'button',
        'aria-pressed': String(node.key === state.chosen),
        'aria-label': `${KINDS[node.column]} ${node.title}: ${node.sub}`,
        'data-key': node.key,
      });
      group.append(draw('title', {}, `${node.title}\n${node.sub}`));
      group.append(draw('rect', { class: 'box', width: wide, height: 40, rx: 6 }));
      group.append(draw('rect', { class: `stripe ${node.stripe}`, x: 0, y: 6, width: 4, height: 28, rx: 2 }));
      group.append(draw('text', { x: 12, y: 17 }, cut(node.title, wide - 18, 7)));
      group.append(draw('text', { x: 12, y: 32, class: 'sub' }, cut(node.sub, wide - 18, 6.2)));
      group.addEventListener('click', () => choose(node.key));
      group.addEventListener('keydown', (event) => walk(event, node, columns));
      svg.append(group);
    }
    const focused = document.activeElement?.getAttribute?.('data-key');
    holder.replaceChildren(svg);
    if (focused) focusOn(focused);
  }
  const cut = (text, room, wide) => (text.length * wide <= room ? text : `${text.slice(0, Math.max(3, Math.floor(room / wide) - 1))}…`);
  const focusOn = (key) => [...holder.querySelectorAll('.node')].find((node) => node.getAttribute('data-key') === key)?.focus();

  function walk(event, node, columns) {
    const { key } = event;
    if (key === 'Enter' || key === ' ') choose(node.key);
    else if (key === 'ArrowDown' || key === 'ArrowUp') {
      const { shown } = columns[node.column];
      const at = shown.findIndex((one) => one.key === node.key);
      const next = shown[at + (key === 'ArrowDown' ? 1 : -1)];
      if (next) focusOn(next.key);
    } else if (key === 'ArrowRight' || key === 'ArrowLeft') {
      const seen = columns.flatMap(({ shown }) => shown.map((one) => one.key));
      const next = seen.find((one) => node[key === 'ArrowRight' ? 'right' : 'left'].has(one));
      if (next) focusOn(next);
    } else return;
    event.preventDefault();
  }

  // ---- details of what was chosen
  const swatch = (style) => make('span', { class: `swatch ${style}` });
  const mono = (text) => make('span', { class: 'mono' }, text);
  function list(rows) {
    return make(
      'dl',
      {},
      rows
        .filter(([, value]) => value !== undefined && value !== '' && value !== null)
        .flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]),
    );
  }
  function goTo(key, text) {
    return nodes.has(key) ? make('button', { onclick: () => choose(key) }, text) : text;
  }
  function detailsOf(node) {
    const { one } = node;
    if (node.column === 0)
      return [
        ['state', one.state],
        ['heard', one.heardMs === null ? 'never' : time(new Date(one.heardMs).toISOString())],
        ['Calico', one.calico],
        ['pods', one.podCidrs.join(', ')],
        ['masquerading pools', one.masquerading.join(', ')],
        ['log position', String(one.position)],
        ['HostEndpoints', one.hostEndpoints === null ? '' : String(one.hostEndpoints)],
        ['members', one.members === null ? '' : `${one.members} in ${count(one.sets, 'set')}`],
        ['shipper', one.shipperVersion ?? ''],
      ];
    if (node.column === 1)
      return [
        ['kind', one.kind || 'the drop at the end of its tier'],
        ['cluster', goTo(`c ${one.cluster}`, one.cluster)],
        ['tier', one.tier],
        ['selector', one.selector && mono(one.selector)],
        ['staged', one.staged ? 'yes: not enforced' : ''],
        ['rules on firewalls', String(one.rules)],
        ...aboutPolicy(one).map((condition) => [
          make('span', { class: condition.severity }, condition.severity),
          `${condition.code}: ${condition.message}`,
        ]),
      ];
    if (node.column === 3)
      return [
        ['manager', `${one.manager} (${one.vendor})`],
        ['mode', one.mode],
        ['borders', one.borders.join(', ')],
        ['rules', String(one.rules)],
        ['sets', String(one.sets)],
        ['written', one.appliedMs === null ? 'never' : time(new Date(one.appliedMs).toISOString())],
        ['plan', one.plan && mono(one.plan)],
        [
          'state',
          one.behind.map((late) => `${late.cluster}: ${late.rules ? 'rules' : count(late.sets, 'set')} behind`).join(', ') ||
            (one.appliedMs === null ? '' : 'up to date'),
        ],
        ['held plans', one.heldPlans ? String(one.heldPlans) : ''],
        ['frozen', one.frozen ? `by ${one.frozen.who}: ${one.frozen.why}` : ''],
      ];
    const sets = one.sets.map((id) => data.sets[id]).filter(Boolean);
    return [
      ['does', make('span', { class: `mono ${one.action}` }, one.text)],
      ['from', goTo(`p ${one.policy}`, one.from)],
      ['on the device', mono(one.name)],
      ['cluster', goTo(`c ${one.cluster}`, one.cluster)],
      ['firewall', goTo(`f ${one.firewall}`, one.firewall)],
      ['border', `${one.border}, ${one.direction}${one.stage === 'preDnat' ? ', before DNAT' : ''}`],
      ['leaves', one.translation],
      ...Object.entries(one.annotations).map(([name, value]) => [name.replace(/^cextfire\.io\//, ''), value]),
      ['since', time(one.since)],
      ['plan', one.plan && mono(one.plan)],
      ['approved by', one.approvedBy],
      ...sets.map((set) => [
        'set',
        make(
          'div',
          {},
          mono(set.text),
          make('div', { class: 'dim' }, `${count(set.size, 'member')}, ${set.id}`),
          make(
            'div',
            { class: 'members mono' },
            set.members.slice(0, 200).map((member) => make('div', {}, member.replace(/\/(32|128)$/, ''))),
          ),
        ),
      ]),
    ];
  }
  function showDetails() {
    const node = state.chosen && nodes.get(state.chosen);
    if (!node) {
      details.replaceChildren(
        make('h3', {}, 'Walk through'),
        make(
          'p',
          { class: 'hint' },
          'Choose a cluster, policy, rule or firewall to see what hangs together with it. Arrow keys walk, Enter chooses, Escape lets go, / searches.',
        ),
        make(
          'p',
          { class: 'hint' },
          'The search takes an address (10.10.1.5 finds every rule that names it), a label, a policy, a rule id or a name on the device.',
        ),
        list([
          [swatch('allow'), 'green: allows, or all is well'],
          [swatch('deny'), 'red: denies, or an error'],
          [swatch('warning'), 'amber: a warning'],
          [swatch('log'), 'blue: logs, or a hint'],
          [swatch(''), 'grey: no rule of it stands'],
        ]),
      );
      return;
    }
    details.replaceChildren(make('h3', {}, node.title), list(detailsOf(node)));
  }

  function choose(key) {
    state.chosen = state.chosen === key ? undefined : key;
    update();
    // On a narrow page the details stand below the picture.
    if (state.chosen && holder.clientWidth < NARROW) details.scrollIntoView({ block: 'nearest' });
  }

  // ---- tables below
  const tables = make('div');
  function showTables() {
    const { found, way } = state;
    const parts = [];
    for (const line of data.firewalls) {
      const rules = data.rules.filter((rule) => rule.firewall === line.firewall);
      const shown = rules.filter(
        (rule) => found.has(`r ${line.firewall} ${rule.id}`) && (!way || way.has(`r ${line.firewall} ${rule.id}`)),
      );
      parts.push(
        make(
          'h2',
          {},
          `Rules on ${line.firewall}, in order`,
          make('span', { class: 'dim' }, shown.length === rules.length ? ` (${rules.length})` : ` (${shown.length} of ${rules.length})`),
        ),
      );
      const body = shown.slice(0, 200).map((rule) => {
        const key = `r ${line.firewall} ${rule.id}`;
        const members = rule.sets.reduce((sum, id) => sum + (data.sets[id]?.size ?? 0), 0);
        return make(
          'tr',
          { class: `go ${key === state.chosen ? 'chosen' : ''}`, onclick: () => choose(key) },
          make('td', { class: 'number dim' }, String(rules.indexOf(rule) + 1)),
          make('td', { class: `mono ${rule.action}` }, rule.action),
          make('td', { class: 'mono' }, rule.text.slice(rule.action.length + 1)),
          make('td', { 'data-head': 'policy rule' }, rule.from),
          make('td', { 'data-head': 'cluster' }, rule.cluster),
          make('td', { class: 'number', 'data-head': 'members' }, rule.sets.length > 0 ? String(members) : ''),
          make('td', { class: 'mono', 'data-head': 'on the device' }, make('button', { class: 'plain mono', 'data-row': key }, rule.name)),
        );
      });
      const head = ['', 'action', 'packets', 'policy rule', 'cluster', 'members', 'on the device'];
      parts.push(
        make(
          'div',
          { class: 'card scroll' },
          rules.length === 0
            ? make('span', { class: 'dim' }, 'No rule of ours stands there.')
            : make(
                'table',
                {},
                make(
                  'thead',
                  {},
                  make(
                    'tr',
                    {},
                    head.map((name) => make('th', {}, name)),
                  ),
                ),
                make('tbody', {}, body),
              ),
          shown.length > 200 ? make('p', { class: 'hint' }, `${shown.length - 200} more: search to see them`) : '',
        ),
      );
    }
    // Whoever walks by keyboard stays where they were.
    const focused = document.activeElement?.getAttribute?.('data-row');
    tables.replaceChildren(...parts);
    if (focused) [...tables.querySelectorAll('[data-row]')].find((row) => row.getAttribute('data-row') === focused)?.focus();
  }
  const saysWord = (text) => state.query === '' || text.toLowerCase().includes(state.query.toLowerCase());
  const moreOf = (count) => (count > 0 ? make('p', { class: 'hint' }, `${count} more: search to see them`) : '');
  /** The way from a condition to what it is about. */
  function showIt({ cluster, policyId, firewall }) {
    const key = [`p ${policyId}`, `f ${firewall}`, `c ${cluster}`].find((one) => nodes.has(one));
    if (!key) return [];
    return ['; ', make('button', { class: 'plain', onclick: () => goAndSee(key) }, `show ${nodes.get(key).title}`)];
  }
  function goAndSee(key) {
    if (state.chosen !== key) choose(key);
    holder.scrollIntoView({ block: 'start' });
  }
  const conditions = make('div', { class: 'card' });
  /** Enough to read; the search finds the others. */
  const MOST_CONDITIONS = 60;
  function showConditions() {
    const shown = data.conditions.filter((one) => saysWord([one.code, one.about, one.message].join(' ')));
    conditions.replaceChildren(
      ...(shown.length === 0
        ? [make('span', { class: 'dim' }, data.conditions.length === 0 ? 'No condition holds.' : 'None that the search finds.')]
        : shown
            .slice(0, MOST_CONDITIONS)
            .map((one) =>
              make(
                'div',
                { class: 'condition' },
                make('b', { class: one.severity }, one.severity),
                ' ',
                mono(one.code),
                ' ',
                make('span', { class: 'dim' }, [one.about, one.since && `since ${time(one.since)}`].filter(Boolean).join(', ')),
                make('div', {}, one.message),
                make('div', { class: 'dim' }, 'what to do: ', mono(one.runbook), ...showIt(one)),
              ),
            )),
      moreOf(shown.length - MOST_CONDITIONS),
    );
  }
  const changes = make('div', { class: 'card' });
  const MOST_CHANGES = 60;
  const MOST_LINES = 40;
  function showChanges() {
    const lines = (all, sign, style) => [
      ...all.slice(0, MOST_LINES).map((text) => make('li', { class: `mono ${style}` }, `${sign} ${text}`)),
      all.length > MOST_LINES ? make('li', { class: 'dim' }, `... ${all.length - MOST_LINES} more`) : '',
    ];
    const shown = data.changes.filter((one) => saysWord(JSON.stringify(one)));
    changes.replaceChildren(
      ...(shown.length === 0
        ? [
            make(
              'span',
              { class: 'dim' },
              data.changes.length === 0 ? `Nothing changed since ${time(data.since)}.` : 'None that the search finds.',
            ),
          ]
        : shown
            .slice(0, MOST_CHANGES)
            .map((one) =>
              make(
                'div',
                { class: 'change' },
                make('b', {}, time(one.at)),
                ` ${one.firewall} `,
                make('span', { class: 'dim' }, [one.what, one.who].filter(Boolean).join(', ')),
                make(
                  'ul',
                  {},
                  lines(one.added, '+', 'allow'),
                  lines(one.removed, '-', 'deny'),
                  lines(one.changed, '~', 'log'),
                  one.reordered ? make('li', { class: 'dim' }, 'the order of rules, or how a set is made') : '',
                  lines(one.opens, 'opens', 'allow'),
                  lines(one.closes, 'closes', 'deny'),
                  lines(one.otherwise, 'translates otherwise', 'log'),
                ),
              ),
            )),
    );
  }

  function update() {
    state.found = visible(state.query);
    state.way = state.chosen ? throughOf(state.chosen) : undefined;
    drawPicture();
    showDetails();
    showTables();
    showConditions();
    showChanges();
  }

  // ---- the page
  const search = make('input', {
    type: 'search',
    placeholder: 'Address, label, policy, rule …',
    'aria-label': 'search by address, label, policy or rule',
    oninput: (event) => {
      state.query = event.target.value.trim();
      update();
    },
  });
  const dark = () =>
    (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const theme = make('button', {
    'aria-label': 'switch between dark and light',
    onclick: () => {
      document.documentElement.dataset.theme = dark() ? 'light' : 'dark';
      theme.textContent = dark() ? 'Light' : 'Dark';
    },
  });
  theme.textContent = dark() ? 'Light' : 'Dark';
  const masquerading = data.clusters.filter((one) => one.masquerading.length > 0);
  const problems = (kind) => data.conditions.filter((one) => one.severity === kind).length;
  const chip = (number, noun, style = '', many = `${noun}s`) =>
    make('span', { class: 'chip' }, make('b', { class: number > 0 ? style : '' }, String(number)), ` ${number === 1 ? noun : many}`);
  page.append(
    make(
      'header',
      {},
      make('h1', {}, `cextfire ${data.title}`),
      make('span', { class: 'when' }, `as of ${time(data.at)}`),
      make('span', { class: 'grow' }),
      make('span', { class: 'find' }, search),
      theme,
    ),
    make(
      'div',
      { class: 'chips' },
      chip(data.clusters.length, 'cluster'),
      chip(data.policies.length, 'policy', '', 'policies'),
      chip(data.rules.length, 'rule'),
      chip(data.firewalls.length, 'firewall'),
      chip(problems('error'), 'error', 'error'),
      chip(problems('warning'), 'warning', 'warning'),
      chip(data.changes.length, 'change'),
    ),
    ...masquerading.map((one) =>
      make(
        'div',
        { class: 'warn' },
        `Pods of ${one.cluster} in ${one.masquerading.join(', ')} leave with the address of their node: no border rule can work for them. Set natOutgoing: false on the pool.`,
      ),
    ),
    make('div', { class: 'walk' }, holder, details),
    make('h2', {}, 'Conditions'),
    conditions,
    make('h2', {}, `Changes since ${time(data.since)}`),
    changes,
    tables,
  );
  document.addEventListener('keydown', (event) => {
    if (event.key === '/' && document.activeElement !== search) {
      search.focus();
      event.preventDefault();
    } else if (event.key === 'Escape') {
      state.chosen = undefined;
      if (document.activeElement === search && search.value !== '') {
        search.value = '';
        state.query = '';
      }
      update();
    }
  });
  addEventListener('resize', drawPicture);
  update();
})();
