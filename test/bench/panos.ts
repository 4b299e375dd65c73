/**
 * PAN-OS against the twin, in this process: what one membership change, one changed rule among 10,000, and an audit of 10,000 rules take. Calls and bytes
 * are those of any device; seconds are the twin's and ours together, on one processor.
 */
import { Agent, request } from 'node:https';
import type { Connector, Desired, DomainState, Step } from '../../functions/firewalls/contract.ts';
import { paloAltoConnector } from '../../functions/firewalls/panos/connector.ts';
import type { FilterRule } from '../../functions/rulebook/types.ts';
import { Border, Cluster, Firewall, PanosManager } from '../../functions/settings.ts';
import { System } from '../fake-firewall/system.ts';
import type { Parameters } from '../twins/panos/actions.ts';
import { type PanosTwin, startPanosTwin } from '../twins/panos/start.ts';
import { digestsOf } from '../worlds/members.ts';
import { addressSet, nets, rule, sets, tcp } from '../worlds/rule.ts';
import { quantile, type Row } from './row.ts';

const RULES = 10_000;
const SETS = 500;
const MEMBERS = 20;
const MEGABYTE = 1e6;

const host = (at: number): string => `10.${10 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}/32`;
const setName = (at: number): string => `s${at % SETS}`;

class TwinBench {
  readonly twin: PanosTwin;
  readonly connector: Connector;
  readonly manager: ReturnType<typeof PanosManager.parse>;
  readonly calls: { readonly parameters: Parameters; readonly bytes: number }[] = [];

  private constructor(twin: PanosTwin) {
    this.twin = twin;
    this.manager = PanosManager.parse({
      vendor: 'panos',
      addresses: [twin.host],
      port: twin.port,
      tls: { ca: twin.ca },
      secret: 'pan',
      callsPerMinute: 100_000,
      coalesce: '1ms',
    });
    this.connector = paloAltoConnector(
      'panos',
      'm',
      this.manager,
      async () => JSON.stringify({ user: twin.user, apiKey: twin.apiKey }),
      120_000,
    );
    twin.server.onRequest = ({ parameters, body }) => this.calls.push({ parameters, bytes: body.length });
  }

  static async start(): Promise<TwinBench> {
    return new TwinBench(await startPanosTwin({ clock: 'manual', jobMs: 0, capacity: { 'max-policy-rule': 2 * RULES } }));
  }

  desired(rules: readonly FilterRule[]): Desired {
    const names = new Set(rules.flatMap(({ source }) => (source.include === 'any' ? [] : source.include.sets)));
    const members = (set: string) => new Set(Array.from({ length: MEMBERS }, (_, at) => host(Number(set.slice(1)) * MEMBERS + at)));
    return {
      firewall: 'edge',
      settings: Firewall.parse({
        manager: 'm',
        mode: 'sync',
        maxRules: 2 * RULES,
        placement: { filter: { where: 'before', rule: 'DENY-ALL' } },
      }),
      borders: new Map([
        ['edge', Border.parse({ firewall: 'edge', hostEndpoint: 'edge', zones: { inside: ['trust'], outside: ['untrust'] } })],
      ]),
      clusters: new Map([['pay', Cluster.parse({ podCidrs: ['10.0.0.0/8'] })]]),
      rulebook: { rules, sets: new Map([...names].map((name) => [name, addressSet(name)])) },
      members: digestsOf({ members }),
    };
  }

  read(desired: Desired, what: 'pending' | 'running', members: 'none' | 'digest'): Promise<DomainState> {
    return this.connector.read({ what, firewalls: [desired], members });
  }

  /** @throws Error at a step that is not done */
  async carryOut(steps: readonly Step[], desired: Desired): Promise<void> {
    for (const step of steps) {
      const context = {
        desired: new Map([['edge', desired]]),
        fence: { lane: step.lane, number: 1 },
        progress: undefined,
        deadlineMs: Date.now() + 600_000,
      };
      let outcome = await this.connector.execute(step, context);
      // A kept connection ends while this one process plans for seconds; a step may be carried out twice.
      if (outcome.kind === 'unknown') outcome = await this.connector.execute(step, context);
      while (outcome.kind === 'running' || outcome.kind === 'again') {
        this.twin.advance(1_000);
        outcome =
          outcome.kind === 'running'
            ? await this.connector.poll(outcome.job, context)
            : await this.connector.execute(step, { ...context, progress: outcome.progress });
      }
      if (outcome.kind !== 'done') throw new Error(`${step.text}: ${JSON.stringify(outcome)}`);
    }
  }

  /** Calls, bytes of their answers and seconds of a piece of work. */
  async measure(work: () => Promise<void>): Promise<{ calls: number; bytes: number; seconds: number; list: readonly Parameters[] }> {
    this.calls.length = 0;
    const began = performance.now();
    await work();
    const seconds = (performance.now() - began) / 1000;
    const bytes = this.calls.reduce((sum, call) => sum + call.bytes, 0);
    return { calls: this.calls.length, bytes, seconds, list: this.calls.map(({ parameters }) => parameters) };
  }

  /** The same requests once more, over one kept connection, their answers only taken in: what reading these bytes takes at least. */
  async readRaw(list: readonly Parameters[]): Promise<number> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: this.twin.ca });
    const began = performance.now();
    for (const parameters of list) {
      const body = new URLSearchParams({ ...(parameters as Record<string, string>), key: this.twin.apiKey }).toString();
      await new Promise<void>((resolve, reject) => {
        const sent = request(
          {
            host: this.twin.host,
            port: this.twin.port,
            path: '/api/',
            method: 'POST',
            agent,
            headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) },
          },
          (answer) =>
            answer
              .on('data', () => {})
              .on('end', resolve)
              .on('error', reject),
        );
        sent.on('error', reject);
        sent.end(body);
      });
    }
    const seconds = (performance.now() - began) / 1000;
    agent.destroy();
    return seconds;
  }

  async close(): Promise<void> {
    await this.connector.close();
    await this.twin.close();
  }
}

const ruleAt = (at: number): FilterRule =>
  rule(`r${at.toString(36)}`, {
    action: at % 10 === 9 ? 'deny' : 'allow',
    families: [4],
    source: sets(setName(at)),
    destination: nets(`${20 + (at >> 14)}.${(at >> 6) & 255}.${(at & 63) * 4}.0/24`),
    services: [tcp([443, 443], [1000 + (at % 50), 1000 + (at % 50)])],
  });

export async function panosRows(rulesCount = RULES, changes = 30): Promise<readonly Row[]> {
  return [...(await memberRows(changes)), ...(await structureRows(rulesCount))];
}

/** Wake to answer of the device, by the engine: log, ledger and clock in memory. */
async function memberRows(changes: number): Promise<readonly Row[]> {
  const bench = await TwinBench.start();
  try {
    const system = new System();
    const { settings, borders } = bench.desired([]);
    system.settings = {
      ...system.settings,
      managers: { m: bench.manager },
      firewalls: { edge: settings },
      borders: { edge: borders.get('edge') as NonNullable<ReturnType<typeof borders.get>> },
    };
    system.nowMs = Date.now() + 3_600_000;
    system.onTime = (ms) => bench.twin.advance(ms);
    const engine = system.process({ connector: bench.connector });
    system.world.say(
      'pay',
      [rule('web', { families: [4], source: sets('s0'), destination: nets('203.0.113.0/24'), services: [tcp([443, 443])] })],
      { s0: Array.from({ length: 1000 }, (_, at) => host(at)) },
    );
    await system.settle(engine);
    if (system.holding().length > 0) throw new Error(`the first apply is held: ${system.holding().join()}`);
    const commits = bench.twin.device.jobs.length;
    const times: number[] = [];
    let calls = 0;
    for (let at = 0; at < changes; at++) {
      system.world.members('pay', 's0', { add: [host(5_000 + at)] });
      const { seconds, calls: made } = await bench.measure(() => engine.run(system.request()));
      times.push(seconds * 1000);
      calls += made;
    }
    return [
      { name: `one membership change, wake to answer, p50 of ${changes}`, value: quantile(times, 0.5), unit: 'ms' },
      { name: 'one membership change, wake to answer, p90', value: quantile(times, 0.9), unit: 'ms' },
      { name: 'one membership change: calls', value: calls / changes, unit: 'calls', aim: '1' },
      { name: `commits for ${changes} membership changes`, value: bench.twin.device.jobs.length - commits, unit: 'commits', aim: '0' },
    ];
  } finally {
    await bench.close();
  }
}

async function structureRows(count: number): Promise<readonly Row[]> {
  const bench = await TwinBench.start();
  try {
    const named = count.toLocaleString('en');
    const rules = Array.from({ length: count }, (_, at) => ruleAt(at));
    const first = bench.desired(rules);
    const whole = await bench.measure(async () => {
      const { steps, conditions } = bench.connector.plan(await bench.read(first, 'pending', 'none'), new Map([['edge', first]]));
      if (conditions.length > 0) throw new Error(conditions.map(({ message }) => message).join('; '));
      await bench.carryOut(steps, first);
    });
    const middle = count >> 1;
    const changed = bench.desired([
      ...rules.slice(0, middle),
      rule('new', { families: [4], source: sets('s7') }),
      ...rules.slice(middle + 1),
    ]);
    const commits = bench.twin.device.jobs.length;
    let planMs = 0;
    let writes = 0;
    const one = await bench.measure(async () => {
      const state = await bench.read(changed, 'pending', 'none');
      const began = performance.now();
      const { steps } = bench.connector.plan(state, new Map([['edge', changed]]));
      planMs = performance.now() - began;
      writes = bench.calls.length;
      await bench.carryOut(steps, changed);
      writes = bench.calls.length - writes;
    });
    const made = bench.twin.device.jobs.length - commits;
    const audit = await bench.measure(async () => void (await bench.read(changed, 'running', 'digest')));
    const raw = await bench.readRaw(audit.list);
    return [
      { name: `first apply of ${named} rules, ${SETS} sets`, value: whole.seconds, unit: 's' },
      { name: `first apply of ${named} rules: calls`, value: whole.calls, unit: 'calls' },
      { name: `1 changed rule among ${named}: read, plan, stage, commit`, value: one.seconds, unit: 's' },
      { name: `1 changed rule among ${named}: plan alone`, value: planMs, unit: 'ms' },
      {
        name: `1 changed rule among ${named}: calls after planning (stage, commit, job, what they make sure of)`,
        value: writes,
        unit: 'calls',
      },
      { name: `1 changed rule among ${named}: commits`, value: made, unit: 'commits', aim: '1' },
      { name: `audit of ${named} rules with ${(SETS * MEMBERS).toLocaleString('en')} members: calls`, value: audit.calls, unit: 'calls' },
      { name: `audit of ${named} rules: bytes read`, value: audit.bytes / MEGABYTE, unit: 'MB' },
      { name: `audit of ${named} rules`, value: audit.seconds, unit: 's' },
      { name: `the same bytes read and thrown away`, value: raw, unit: 's' },
      { name: 'audit beside the raw reading', value: audit.seconds / raw, unit: 'times' },
    ];
  } finally {
    await bench.close();
  }
}
