// The nodes of the picture in four columns (clusters, policies, rules, firewalls), and what hangs together.
const count = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;

// biome-ignore lint/correctness/noUnusedVariables: the script after this one uses it
function graphOf(data) {
  const nodes = new Map();
  const links = [];
  const add = (node) => nodes.set(node.key, { left: new Set(), right: new Set(), prefixes: [], sets: [], ...node });
  function link(from, to) {
    const [a, b] = [nodes.get(from), nodes.get(to)];
    if (!a || !b || a.right.has(to)) return;
    a.right.add(to);
    b.left.add(from);
    links.push([from, to]);
  }
  const severity = (conditions) => ['error', 'warning', 'info'].find((one) => conditions.some((condition) => condition.severity === one));
  const aboutPolicy = (policy) => data.conditions.filter((one) => one.policyId === policy.id);

  for (const one of data.clusters) {
    const conditions = data.conditions.filter((condition) => condition.cluster === one.cluster && !condition.policy);
    add({
      key: `c ${one.cluster}`,
      column: 0,
      title: one.cluster,
      sub: one.masquerading.length > 0 ? 'masquerades!' : one.state,
      stripe: severity(conditions) ?? (one.state === 'in sync' ? 'good' : 'warning'),
      text: [one.cluster, ...one.podCidrs].join(' '),
      prefixes: one.podCidrs,
      one,
    });
  }
  for (const one of data.policies) {
    const sub = one.staged ? 'staged' : `tier ${one.tier || '?'}, ${count(one.rules, 'rule')}`;
    const stripe = severity(aboutPolicy(one)) ?? (one.rules > 0 ? 'good' : '');
    add({
      key: `p ${one.id}`,
      column: 1,
      title: one.name,
      sub,
      stripe,
      text: `${one.name} ${one.tier} ${one.selector} ${one.kind}`,
      one,
    });
    link(`c ${one.cluster}`, `p ${one.id}`);
  }
  for (const line of data.firewalls) {
    const isOfLine = ({ firewall, manager }) => (firewall ? firewall === line.firewall : manager === line.manager);
    const conditions = data.conditions.filter((condition) => isOfLine(condition) && !condition.policy);
    const stripe = severity(conditions) ?? (line.appliedMs === null || line.frozen ? 'warning' : 'good');
    const sub = line.frozen ? `frozen, ${count(line.rules, 'rule')}` : `${line.vendor}, ${line.mode}, ${count(line.rules, 'rule')}`;
    add({
      key: `f ${line.firewall}`,
      column: 3,
      title: line.firewall,
      sub,
      stripe,
      text: `${line.firewall} ${line.manager} ${line.borders.join(' ')}`,
      one: line,
    });
  }
  for (const one of data.rules) {
    const sets = one.sets.map((id) => data.sets[id]).filter(Boolean);
    const text = [one.id, one.name, one.text, one.from, one.plan, ...Object.values(one.annotations), ...sets.map((set) => set.text)].join(
      ' ',
    );
    const title = one.annotations['cextfire.io/id'] ?? one.text.split(' from ')[0];
    const key = `r ${one.firewall} ${one.id}`;
    add({
      key,
      column: 2,
      title,
      sub: allPods(one.text.slice(one.text.indexOf(' from ') + 1), one.cluster),
      stripe: one.action,
      text,
      prefixes: one.prefixes,
      sets: one.sets,
      one,
    });
    link(`p ${one.policy}`, key);
    link(key, `f ${one.firewall}`);
  }

  /** The scope of a cluster stands in most of its rules: here one word is enough. */
  function allPods(text, cluster) {
    const cidrs = data.clusters.find((one) => one.cluster === cluster)?.podCidrs.join(', ');
    return cidrs ? text.replace(cidrs, 'all pods') : text;
  }
  /** Adds what is reached from these nodes on one side; every node is walked through once. */
  function addAll(into, keys, side) {
    const seen = new Set();
    const waiting = [...keys];
    while (waiting.length > 0)
      for (const next of nodes.get(waiting.pop())?.[side] ?? [])
        if (!seen.has(next)) {
          seen.add(next);
          into.add(next);
          waiting.push(next);
        }
  }
  /** Everything on a way through this node. */
  function throughOf(key) {
    const out = new Set([key]);
    for (const side of ['left', 'right']) addAll(out, [key], side);
    return out;
  }

  /** Keys of the nodes that the search leaves. */
  function visible(query) {
    const finds = findIn(query, data.sets);
    const found = new Set([...nodes.values()].filter(finds).map(({ key }) => key));
    if (query === '') return found;
    // What hangs together with a found rule; a found cluster would show everything, so it does only where nothing nearer was found.
    const columnOf = (key) => nodes.get(key).column;
    const nearest = [2, 1, 3, 0].find((column) => [...found].some((key) => columnOf(key) === column));
    const hanging = [...found].filter((key) => columnOf(key) === nearest);
    for (const side of ['left', 'right']) addAll(found, hanging, side);
    return found;
  }

  return { nodes, links, aboutPolicy, throughOf, visible };
}
