// Below the picture: the rules of each firewall in their order, what holds, what waits, what changed.
/* biome-ignore-all lint/correctness/noUnusedVariables: the script after this one uses them */
/** Enough to read; the search finds the others. */
const MOST_ROWS = 200;
const MOST_CARDS = 60;
const MOST_LINES = 40;
const HEAD = ['no.', 'action', 'packets', 'policy rule', 'cluster', 'members', 'on the device'];

const moreOf = (number) => (number > 0 ? make('p', { class: 'hint' }, `${number} more: search to see them`) : '');
const saysIt = (query, text) => query === '' || text.toLowerCase().includes(query.toLowerCase());

function rulesOf(data, choose) {
  const element = make('div');

  function rowOf(rule, number, chosen) {
    const key = `r ${rule.firewall} ${rule.id}`;
    const members = rule.sets.reduce((sum, id) => sum + (data.sets[id]?.size ?? 0), 0);
    return make(
      'tr',
      { class: `go ${key === chosen ? 'chosen' : ''}`, onclick: () => choose(key) },
      make('td', { class: 'number dim' }, String(number)),
      make('td', { class: `mono ${rule.action}` }, rule.action),
      make('td', { class: 'mono' }, rule.text.slice(rule.action.length + 1)),
      make('td', { 'data-head': 'policy rule' }, rule.from),
      make('td', { 'data-head': 'cluster' }, rule.cluster),
      make('td', { class: 'number', 'data-head': 'members' }, rule.sets.length > 0 ? String(members) : ''),
      make('td', { class: 'mono', 'data-head': 'on the device' }, make('button', { class: 'plain mono', 'data-row': key }, rule.name)),
    );
  }

  function tableOf({ firewall, mode }, { found, way, chosen }) {
    const rules = data.rules.filter((rule) => rule.firewall === firewall).map((rule, at) => ({ rule, number: at + 1 }));
    const shown = rules.filter(({ rule: { id } }) => found.has(`r ${firewall} ${id}`) && (!way || way.has(`r ${firewall} ${id}`)));
    const sum = shown.length === rules.length ? ` (${rules.length})` : ` (${shown.length} of ${rules.length})`;
    const body = shown.slice(0, MOST_ROWS).map(({ rule, number }) => rowOf(rule, number, chosen));
    const head = make(
      'thead',
      {},
      make(
        'tr',
        {},
        HEAD.map((name) => make('th', { scope: 'col' }, name)),
      ),
    );
    const none = `No rule of ours stands there${mode === 'observe' ? ': the firewall is in mode observe, and nothing is written' : ''}.`;
    return [
      make('h2', {}, `Rules on ${firewall}, in order`, make('span', { class: 'dim' }, sum)),
      make(
        'div',
        { class: 'card scroll' },
        rules.length === 0 ? make('span', { class: 'dim' }, none) : make('table', {}, head, make('tbody', {}, body)),
        moreOf(shown.length - MOST_ROWS),
      ),
    ];
  }
  return { element, show: (state) => redraw(element, 'data-row', ...data.firewalls.flatMap((line) => tableOf(line, state))) };
}

function conditionsOf(data, nodes, goAndSee) {
  const element = make('div', { class: 'card' });
  /** The way from a condition to what it is about. */
  function showIt({ cluster, policyId, firewall, manager }) {
    const behind = manager && data.firewalls.find((line) => line.manager === manager)?.firewall;
    const key = [`p ${policyId}`, `f ${firewall}`, `f ${behind}`, `c ${cluster}`].find((one) => nodes.has(one));
    return key ? ['; ', make('button', { class: 'plain', onclick: () => goAndSee(key) }, `show ${nodes.get(key).title}`)] : [];
  }
  const cardOf = (one) =>
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
    );
  return cards(element, data.conditions, (one) => [one.code, one.about, one.message].join(' '), cardOf, 'No condition holds.');
}

const STYLE_OF_SIGN = { '+': 'allow', '-': 'deny', '~': 'log' };
function linesOf(all, styleOf) {
  return [
    ...all.slice(0, MOST_LINES).map((text) => make('li', { class: `mono ${styleOf(text)}` }, text)),
    all.length > MOST_LINES ? make('li', { class: 'dim' }, `... ${all.length - MOST_LINES} more`) : '',
  ];
}

/** Plans that wait for somebody, or for another mode: what they would do. */
function plansOf(data) {
  const element = make('div', { class: 'card' });
  const cardOf = (one) =>
    make(
      'div',
      { class: 'change' },
      make('b', {}, time(one.at)),
      ` ${one.firewall} `,
      make('span', { class: 'dim' }, `cluster ${one.cluster}, plan ${one.id}, `),
      make('span', { class: 'warning' }, one.status),
      make(
        'ul',
        {},
        one.held.map((why) => make('li', { class: 'warning' }, why)),
        linesOf(one.rules, (text) => STYLE_OF_SIGN[text[0]] ?? ''),
        linesOf(one.regions, (text) => (text.startsWith('opens') ? 'allow' : text.startsWith('closes') ? 'deny' : 'log')),
        one.held.length > 0 ? make('li', {}, 'approve it with: ', mono(`cextfire approve ${one.hash}`)) : '',
      ),
    );
  return cards(element, data.plans, (one) => JSON.stringify(one), cardOf, 'No plan waits.');
}

function changesOf(data) {
  const element = make('div', { class: 'card' });
  const cardOf = (one) => {
    const lines = (all, sign, style) =>
      linesOf(
        all.map((text) => `${sign} ${text}`),
        () => style,
      );
    return make(
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
    );
  };
  return cards(element, data.changes, (one) => JSON.stringify(one), cardOf, `Nothing changed since ${time(data.since)}.`);
}

/** Cards below one another: those that the search finds. */
function cards(element, all, textOf, cardOf, none) {
  function show({ query }) {
    const shown = all.filter((one) => saysIt(query, textOf(one)));
    const nothing = make('span', { class: 'dim' }, all.length === 0 ? none : 'None that the search finds.');
    element.replaceChildren(
      ...(shown.length === 0 ? [nothing] : shown.slice(0, MOST_CARDS).map(cardOf)),
      moreOf(shown.length - MOST_CARDS),
    );
  }
  return { element, show };
}
