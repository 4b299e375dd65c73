// What is said of the one cluster, policy, rule or firewall that was chosen; how to walk where none is.
/** Members of a set that are listed; the search looks through all that the page has. */
const MOST_LISTED = 200;

// biome-ignore lint/correctness/noUnusedVariables: the script after this one uses it
function detailsOf(data, { nodes, aboutPolicy }, choose) {
  const element = make('aside', { class: 'card', 'aria-live': 'polite', 'aria-label': 'what was chosen' });
  const goTo = (key, text) => (nodes.has(key) ? make('button', { onclick: () => choose(key) }, text) : text);

  const cluster = (one) => [
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
  const policy = (one) => [
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
  const rule = (one) => [
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
    ...one.sets.map((id) => data.sets[id]).flatMap((set) => (set ? [['set', membersOf(set)]] : [])),
  ];
  const membersOf = ({ id, text, size, members }) =>
    make(
      'div',
      {},
      mono(text),
      make('div', { class: 'dim' }, `${count(size, 'member')}${size > MOST_LISTED ? `, ${MOST_LISTED} of them here` : ''}, ${id}`),
      make(
        'div',
        { class: 'members mono', tabindex: size > 8 && '0' },
        members.slice(0, MOST_LISTED).map((member) => make('div', {}, member.replace(/\/(32|128)$/, ''))),
      ),
    );
  const firewall = (one) => [
    ['manager', `${one.manager} (${one.vendor})`],
    ['mode', one.mode],
    ['borders', one.borders.join(', ')],
    ['rules', String(one.rules)],
    ['sets', String(one.sets)],
    ['written', one.appliedMs === null ? 'never' : time(new Date(one.appliedMs).toISOString())],
    ['plan', one.plan && mono(one.plan)],
    ['state', one.state],
    ['held plans', one.heldPlans ? String(one.heldPlans) : ''],
    ['frozen', one.frozen ? `by ${one.frozen.who}: ${one.frozen.why}` : ''],
  ];
  const ABOUT = [cluster, policy, rule, firewall];

  const swatch = (style) => make('span', { class: `swatch ${style}` });
  const hints = () => [
    make('h2', {}, 'Walk through'),
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
  ];

  function show({ chosen }) {
    const node = chosen && nodes.get(chosen);
    element.replaceChildren(...(node ? [make('h2', {}, node.title), list(ABOUT[node.column](node.one))] : hints()));
  }
  return { element, show };
}
