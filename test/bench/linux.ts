/**
 * The Linux connector against a real nftables in a namespace behind a real SSH server: one membership change beside 100,000 members, one changed rule among
 * 10,000, an audit of both. SSH, kernel and the tests share the processors of this machine.
 */
import { addressSet, bookOf, bringTo, connectTo, desiredOf, finish, read } from '../linux-firewall/desired.ts';
import { startLinuxBorder } from '../linux-firewall/rig.ts';
import { nets, rule, sets } from '../worlds/rule.ts';
import { quantile, type Row } from './row.ts';

const host = (at: number): string => `10.${10 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}/32`;
const named = (count: number): string => count.toLocaleString('en');

export async function linuxRows(size = { members: 100_000, rules: 10_000, changes: 50 }): Promise<readonly Row[]> {
  const border = await startLinuxBorder({ name: 'bench' });
  const connector = connectTo(border);
  const rows: Row[] = [];
  const timed = async <T>(name: string, work: () => Promise<T> | T): Promise<T> => {
    const began = performance.now();
    const out = await work();
    rows.push({ name, value: performance.now() - began, unit: 'ms' });
    return out;
  };
  try {
    const members = new Map([['aa', new Set(Array.from({ length: size.members }, (_, at) => host(at)))]]);
    const source = sets('aa');
    const rules = Array.from({ length: size.rules }, (_, at) =>
      rule(`m${at.toString(36)}`, { source, destination: nets(`${100 + (at >> 14)}.${(at >> 6) & 255}.${(at & 63) * 4}.0/24`) }),
    );
    const bookWith = (list: typeof rules) => desiredOf(bookOf(list, [addressSet('aa')]), members);
    const one = bookWith([rule('r1', { source })]);
    await timed(`first apply: 1 rule, a set of ${named(size.members)} members`, () => bringTo(connector, one, 1));
    const state = (await read(connector, one, 'none')).firewalls.get('edge');
    if (!state) throw new Error('nothing read');
    const times: number[] = [];
    for (let at = 0; at < size.changes; at++) {
      const change = { set: 'aa', added: new Set([`10.99.0.${at}/32`]), removed: new Set([`10.99.1.${at}/32`]) };
      const [step] = connector.planMembers(state, one, [change]);
      if (!step) throw new Error('no step');
      const began = performance.now();
      await finish(connector, step, one, 1);
      times.push(performance.now() - began);
    }
    const what = `one membership change beside ${named(size.members)} members, warm`;
    rows.push({ name: `${what}, p50 of ${size.changes}`, value: quantile(times, 0.5), unit: 'ms' });
    rows.push({ name: `${what}, p90`, value: quantile(times, 0.9), unit: 'ms' });
    await timed(`audit: read with the digest of ${named(size.members)} members`, () => read(connector, one, 'digest'));
    await timed(`from 1 to ${named(size.rules)} rules`, () => bringTo(connector, bookWith(rules), 1));
    const middle = size.rules >> 1;
    const changed = bookWith([...rules.slice(0, middle), rule('new', { source }), ...rules.slice(middle + 1)]);
    const among = `1 changed rule among ${named(size.rules)}`;
    const found = await timed(`${among}: read`, () => read(connector, changed, 'none'));
    const plan = await timed(`${among}: plan`, () => connector.plan(found, new Map([['edge', changed]])));
    await timed(`${among}: carry out`, async () => {
      for (const step of plan.steps) {
        const outcome = await finish(connector, step, changed, 1);
        if (outcome.kind !== 'done') throw new Error(`${step.text}: ${JSON.stringify(outcome)}`);
      }
    });
    // The last step saves the table for the next boot; the others are transactions.
    rows.push({ name: `${among}: steps`, value: plan.steps.length, unit: 'steps' });
    await timed(`audit: read of ${named(size.rules)} rules with all members`, () => read(connector, changed, 'digest'));
  } finally {
    await connector.close();
    await border.close();
  }
  return rows;
}
