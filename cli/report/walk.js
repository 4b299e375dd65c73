// The page in a browser: what is chosen and searched for, the keys, and the parts put together.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const graph = graphOf(data);
  const state = { chosen: undefined, query: '', found: new Set(), way: undefined };

  const picture = pictureOf(graph, choose);
  const rules = rulesOf(data, choose);
  const conditions = conditionsOf(data, graph.nodes, goAndSee);
  const plans = plansOf(data);
  const changes = changesOf(data);
  const details = detailsOf(data, graph, choose);

  function update() {
    state.found = graph.visible(state.query);
    state.way = state.chosen ? graph.throughOf(state.chosen) : undefined;
    for (const part of [picture, details, conditions, plans, changes, rules]) part.show(state);
  }
  function choose(key) {
    state.chosen = state.chosen === key ? undefined : key;
    update();
    // On a narrow page the details stand below the picture.
    if (state.chosen && picture.isNarrow()) details.element.scrollIntoView({ block: 'nearest' });
  }
  function goAndSee(key) {
    if (state.chosen !== key) choose(key);
    picture.element.scrollIntoView({ block: 'start' });
  }

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
    onclick: () => {
      document.documentElement.dataset.theme = dark() ? 'light' : 'dark';
      theme.textContent = dark() ? 'Light' : 'Dark';
    },
  });
  theme.textContent = dark() ? 'Light' : 'Dark';

  const problems = (kind) => data.conditions.filter((one) => one.severity === kind).length;
  const chip = (number, noun, style = '', many = `${noun}s`) =>
    make('span', { class: 'chip' }, make('b', { class: number > 0 ? style : '' }, String(number)), ` ${number === 1 ? noun : many}`);
  const masquerading = data.clusters.filter((one) => one.masquerading.length > 0);
  document.getElementById('page').append(
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
      'main',
      {},
      make(
        'div',
        { class: 'chips' },
        chip(data.clusters.length, 'cluster'),
        chip(data.policies.length, 'policy', '', 'policies'),
        chip(data.rules.length, 'rule'),
        chip(data.firewalls.length, 'firewall'),
        chip(problems('error'), 'error', 'error'),
        chip(problems('warning'), 'warning', 'warning'),
        data.plans.length > 0 ? chip(data.plans.length, 'plan that waits', 'warning', 'plans that wait') : '',
        chip(data.changes.length, 'change'),
      ),
      masquerading.map((one) =>
        make(
          'div',
          { class: 'warn' },
          `Pods of ${one.cluster} in ${one.masquerading.join(', ')} leave with the address of their node: no border rule can work for them. Set natOutgoing: false on the pool.`,
        ),
      ),
      make('div', { class: 'walk' }, picture.element, details.element),
      make('h2', {}, 'Conditions'),
      conditions.element,
      data.plans.length > 0 ? [make('h2', {}, 'Plans that wait'), plans.element] : [],
      make('h2', {}, `Changes since ${time(data.since)}`),
      changes.element,
      rules.element,
    ),
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
  addEventListener('resize', () => picture.show(state));
  update();
})();
