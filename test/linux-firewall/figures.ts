/** Figures of the Linux connector on this machine: `node test/linux-firewall/figures.ts`. Prints a table; asserts nothing. */
import { addressSet, bookOf, bringTo, connectTo, desiredOf, finish, read, rule } from './desired.ts';
import { startLinuxBorder } from './rig.ts';

/** [what, how long] rows; each is also said as it comes. */
export async function linuxFigures(say: (line: string) => void): Promise<readonly (readonly [string, string])[]> {
  const border = await startLinuxBorder({ name: 'figures' });
  const connector = connectTo(border);
  const rows: [string, string][] = [];
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const out = await work();
    rows.push([name, `${(performance.now() - began).toFixed(0)} ms`]);
    say(`${name}: ${rows.at(-1)?.[1]}`);
    return out;
  };
  const host = (at: number): string => `10.${10 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}/32`;

  try {
    const large = new Map([['aa', new Set(Array.from({ length: 100_000 }, (_, at) => host(at)))]]);
    const source = { include: { sets: ['aa'], prefixes: [] }, exclude: { sets: [], prefixes: [] } };
    const rules = Array.from({ length: 5000 }, (_, at) =>
      rule(`m${at}`, {
        source,
        destination: { include: { sets: [], prefixes: [`203.${at >> 8}.${at & 255}.0/24`] }, exclude: { sets: [], prefixes: [] } },
      }),
    );
    const small = desiredOf(bookOf([rule('r1', { source })], [addressSet('aa')]), large);
    await timed('first apply: a set of 100,000 members, 1 rule', () => bringTo(connector, small, 1));
    const state = (await read(connector, small, 'none')).firewalls.get('edge');
    if (!state) throw new Error('nothing read');
    const times: number[] = [];
    for (let at = 0; at < 50; at++) {
      const [step] = connector.planMembers(state, small, [
        { set: 'aa', added: new Set([`10.99.0.${at}/32`]), removed: new Set([`10.99.1.${at}/32`]) },
      ]);
      if (!step) throw new Error('no step');
      const began = performance.now();
      await finish(connector, step, small, 1);
      times.push(performance.now() - began);
    }
    times.sort((a, b) => a - b);
    rows.push(['one membership change, warm, 100,000 members: p50 / p99', `${times[25]?.toFixed(1)} / ${times[49]?.toFixed(1)} ms`]);
    await timed('audit: read with the digest of 100,000 members', () => read(connector, small, 'digest'));
    const book = (list: typeof rules) => desiredOf(bookOf(list, [addressSet('aa')]), large);
    await timed('from 1 to 5,000 rules', () => bringTo(connector, book(rules), 1));
    const changed = book([...rules.slice(0, 2500), rule('new', { source }), ...rules.slice(2501)]);
    const read5000 = await timed('read of 5,000 rules, without members', () => read(connector, changed, 'none'));
    const plan = await timed('plan of 1 changed rule among 5,000', async () => connector.plan(read5000, new Map([['edge', changed]])));
    for (const step of plan.steps) await timed(`  ${step.text}`, () => finish(connector, step, changed, 1));
  } finally {
    await connector.close();
    await border.close();
  }
  return rows;
}

if (import.meta.main) {
  const rows = await linuxFigures((line) => process.stderr.write(`${line}\n`));
  const width = Math.max(...rows.map(([name]) => name.length));
  for (const [name, figure] of rows) process.stdout.write(`${name.padEnd(width)}  ${figure}\n`);
}
