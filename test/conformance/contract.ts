/** What functions/firewalls/contract.ts promises, one check a promise. Each begins on an empty device and throws where the promise is not kept. */
import type { Desired } from '../../functions/firewalls/contract.ts';
import { formatPacket } from '../../functions/packets/packet.ts';
import { evaluatorOf } from '../../functions/rulebook/evaluate.ts';
import type { Translation } from '../../functions/rulebook/types.ts';
import { nets, rule, sets } from '../worlds/rule.ts';
import type { Device, Target } from './device.ts';
import { contextOf, memberChanges, nextLease, planOf, readOne, round, runStep, settle } from './run-plan.ts';
import { faultsIn } from './transitions.ts';
import { drawWorld, expectedOf, type Lowered, largeChange, lowerFor, PACKETS, Random } from './world.ts';

export interface Check {
  readonly name: string;
  readonly run: (device: Device, target: Target) => Promise<void>;
}

function must(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what);
}
const wish = (device: Device, book: Lowered): Desired => device.desired(book.rulebook, book.members);
const LISTS = { a: ['10.10.0.1/32', '10.10.1.0/24', 'fd00:10:10::1/128'], b: ['10.10.0.2/32'], c: [], e: [], none: [] };

async function bring(device: Device, book: Lowered): Promise<Desired> {
  const desired = wish(device, book);
  const connector = device.connect();
  nextLease();
  await settle(device, connector, desired);
  await connector.close();
  return desired;
}

async function exactly(device: Device, book: Lowered): Promise<void> {
  const wrong = await faultsIn(device, book, PACKETS);
  must(wrong.length === 0, wrong.join('; '));
}

export const CHECKS: readonly Check[] = [
  {
    name: 'a plan is data: JSON, its own ids, needs that come before, lanes, one line for people',
    run: async (device, target) => {
      const connector = device.connect();
      const { steps } = await planOf(connector, wish(device, largeChange(target.capabilities).after));
      await connector.close();
      must(steps.length > 0, 'an empty device needs no step');
      must(JSON.stringify(JSON.parse(JSON.stringify(steps))) === JSON.stringify(steps), 'a step does not survive JSON');
      const before = new Set<string>();
      for (const { id, needs, text, lane, payload } of steps) {
        must(!before.has(id), `two steps are named ${id}`);
        must(
          needs.every((need) => before.has(need)),
          `${id} needs what does not come before it`,
        );
        must(text !== '' && !text.includes('\n'), `${id} has no line for people`);
        must(lane === 'structure' || lane === 'members', `${id} is in the lane ${lane}`);
        must(!JSON.stringify(payload).includes('10.10.33.7'), `${id} carries members of a large set; they come from the context`);
        before.add(id);
      }
    },
  },
  {
    name: 'planning is pure: twice the same, and what was read stays as it was',
    run: async (device, target) => {
      const connector = device.connect();
      const desired = wish(device, largeChange(target.capabilities).after);
      const state = await connector.read({ what: 'pending', firewalls: [desired], members: 'digest' });
      const kept = JSON.stringify(state.firewalls.get(device.firewall)?.native);
      const plans = [1, 2].map(() => JSON.stringify(connector.plan(state, new Map([[desired.firewall, desired]]))));
      await connector.close();
      must(plans[0] === plans[1], 'two plans of one reading differ');
      must(JSON.stringify(state.firewalls.get(device.firewall)?.native) === kept, 'planning changed what was read');
    },
  },
  {
    name: 'reading is the inverse of writing: nothing is left to do, and the rulebook that is read decides every packet alike',
    run: async (device, target) => {
      const random = new Random(20);
      for (let at = 0; at < 3; at++) {
        const book = lowerFor(target.capabilities, drawWorld(random));
        const connector = device.connect();
        const refused = (await planOf(connector, wish(device, book))).conditions.some(({ code }) => device.refusals[code] !== undefined);
        await connector.close();
        if (refused) continue;
        const desired = await bring(device, book);
        const reader = device.connect();
        const state = await readOne(reader, desired);
        const read = evaluatorOf({ rulebook: state.rulebook, members: desired.members });
        const wanted = evaluatorOf({ rulebook: desired.rulebook, members: desired.members });
        for (const packet of PACKETS) {
          const [a, b] = [read(device.border, 'forward', packet).kind, wanted(device.border, 'forward', packet).kind];
          must(a === b, `${formatPacket(packet)}: read back as ${a}, wanted ${b}`);
        }
        const { sets: digests } = await readOne(reader, desired, 'running', 'digest');
        for (const set of desired.rulebook.sets.keys())
          must(digests.get(set)?.digest === desired.members.digest(set), `the digest of set ${set} is not that of its members`);
        await reader.close();
        must(state.drift.length === 0, `drift where nobody edited: ${JSON.stringify(state.drift)}`);
        await exactly(device, book);
      }
    },
  },
  {
    name: 'every step may be carried out twice',
    run: async (device, target) => {
      const { before, after } = largeChange(target.capabilities);
      await bring(device, before);
      const desired = wish(device, after);
      const connector = device.connect();
      nextLease();
      for (const step of (await planOf(connector, desired)).steps)
        for (const time of ['first', 'second']) {
          const outcome = await runStep(device, connector, step, desired);
          must(outcome.kind === 'done', `"${step.text}", the ${time} time: ${JSON.stringify(outcome)}`);
        }
      must((await planOf(connector, desired)).steps.length === 0, 'something is left to do');
      await connector.close();
      await exactly(device, after);
    },
  },
  {
    name: 'a large set is cut anywhere: each call returns when its time is over, and another process goes on with the progress',
    run: async (device, target) => {
      const { before, after } = largeChange(target.capabilities);
      await bring(device, before);
      const desired = wish(device, after);
      let connector = device.connect();
      nextLease();
      for (const step of (await planOf(connector, desired)).steps) {
        let outcome = await connector.execute(step, contextOf(desired, step, undefined, Date.now() - 1));
        for (let calls = 0; outcome.kind !== 'done'; calls++) {
          must(outcome.kind === 'again' || outcome.kind === 'running', `"${step.text}": ${JSON.stringify(outcome)}`);
          must(calls < 200, `"${step.text}" never ends`);
          await connector.close();
          connector = device.connect();
          if (outcome.kind === 'running') await device.tick();
          outcome =
            outcome.kind === 'again'
              ? await connector.execute(step, contextOf(desired, step, JSON.parse(JSON.stringify(outcome.progress)), Date.now() - 1))
              : await connector.poll(JSON.parse(JSON.stringify(outcome.job)), contextOf(desired, step));
        }
      }
      await settle(device, connector, desired);
      await connector.close();
      await exactly(device, after);
    },
  },
  {
    name: 'members of a filter set change, without a commit where there is a lane for it, and repeated changes change nothing',
    run: async (device, target) => {
      const rules = [
        rule('web', { source: sets('a'), destination: nets('203.0.113.4/31') }),
        rule('shut', { action: 'deny', source: sets('b') }),
      ];
      const first = lowerFor(target.capabilities, { rules, lists: LISTS });
      await bring(device, first);
      const next = lowerFor(target.capabilities, { rules, lists: { ...LISTS, a: ['10.10.0.1/32', '10.10.9.9/32', 'fd00:10:10::2/128'] } });
      const desired = wish(device, next);
      const connector = device.connect();
      const commits = await device.commits();
      const state = await readOne(connector, desired, 'pending');
      // Where only a commit changes members, planning takes them along.
      const steps = device.fastMembers
        ? connector.planMembers(state, desired, memberChanges(state, desired))
        : (await planOf(connector, desired)).steps;
      must(steps.length > 0, 'no step for changed members');
      for (const step of [...steps, ...steps]) {
        must(!device.fastMembers || step.lane === 'members', `"${step.text}" is in the lane ${step.lane}`);
        must((await runStep(device, connector, step, desired)).kind === 'done', `"${step.text}" is not done`);
      }
      must(!device.fastMembers || (await device.commits()) === commits, 'members took a commit');
      await connector.close();
      await exactly(device, next);
    },
  },
  {
    name: 'each kind of translation, both families, logging',
    run: async (device, target) => {
      const range = { family: 4 as const, first: 0xc6120010n, last: 0xc6120013n };
      const kinds: readonly Translation[] = [
        { kind: 'none' },
        { kind: 'address', address: '198.18.0.7' },
        { kind: 'range', range },
        { kind: 'pool', pool: 'p', ranges: [range, { family: 4, first: 0xc6120100n, last: 0xc6120101n }] },
        { kind: 'absent' },
      ];
      for (const translation of kinds) {
        const book = lowerFor(target.capabilities, {
          rules: [
            rule('nat', { families: [4], source: sets('a'), translation, log: true }),
            rule('six', { families: [6], source: sets('a') }),
          ],
          lists: LISTS,
        });
        must(book.refused.size === 0, `refused: ${[...book.refused.values()].join()}`);
        await bring(device, book);
        must(
          expectedOf(device, book, PACKETS).some(({ ours, verdict }) => ours && verdict === 'allow'),
          'nothing is allowed here',
        );
        await exactly(device, book);
      }
    },
  },
  {
    name: 'a set that loses all its members never becomes "any"',
    run: async (device, target) => {
      const rules = [rule('web', { source: sets('a') }), rule('to', { destination: sets('c') })];
      await bring(device, lowerFor(target.capabilities, { rules, lists: LISTS }));
      const empty = lowerFor(target.capabilities, { rules, lists: { ...LISTS, a: [] } });
      await bring(device, empty);
      await exactly(device, empty);
    },
  },
  {
    name: 'names on the device are short and plain; whatever people type is only text',
    run: async (device, target) => {
      const odd = '"; drop table; </entry> $(reboot) `id` \\ \n\u0000 é \u{1f600} {x} \' ]]>';
      const origin = {
        cluster: 'pay',
        tier: odd,
        policy: { kind: 'GlobalNetworkPolicy', namespace: odd, name: odd.repeat(9) },
        annotations: { ticket: odd, owner: odd },
        sourceText: odd,
      };
      const book = lowerFor(target.capabilities, { rules: [rule('odd', { origin, source: sets('a'), log: true })], lists: LISTS });
      const desired = wish(device, book);
      const connector = device.connect();
      const foreign = await device.foreign();
      for (const { creates } of (await planOf(connector, desired)).steps)
        for (const name of creates) must(device.names.test(name), `the name "${name}" is not one that every vendor takes`);
      await settle(device, connector, desired);
      must((await readOne(connector, desired)).drift.length === 0, 'odd texts come back as drift');
      await connector.close();
      must((await device.foreign()) === foreign, "others' objects were changed");
      await exactly(device, book);
    },
  },
  {
    name: "an object of somebody else's under a name of ours: a condition, and not one call that writes",
    run: async (device, target) => {
      const desired = wish(device, lowerFor(target.capabilities, { rules: [rule('web', { source: sets('a') })], lists: LISTS }));
      await device.human.takeName(desired);
      const [calls, foreign] = [await device.calls(), await device.foreign()];
      const connector = device.connect();
      const ending = await round(device, connector, desired);
      await connector.close();
      must(ending.kind === 'condition' || ending.kind === 'refused', `it ended with ${JSON.stringify(ending)}`);
      must((await device.calls()) === calls, 'something was written');
      must((await device.foreign()) === foreign, "others' objects were changed");
    },
  },
  {
    name: "a human's edit of ours is drift, seen and put back; their own things stay as they made them",
    run: async (device, target) => {
      const book = lowerFor(target.capabilities, {
        rules: [rule('web', { source: sets('a'), destination: nets('203.0.113.4/31') }), rule('end', { action: 'deny' })],
        lists: LISTS,
      });
      const desired = await bring(device, book);
      const connector = device.connect();
      await device.human.editOurs(await readOne(connector, desired));
      await device.human.editTheirs();
      const foreign = await device.foreign();
      must((await readOne(connector, desired)).drift.length > 0, 'the edit is not seen as drift');
      await settle(device, connector, desired);
      must((await readOne(connector, desired)).drift.length === 0, 'the drift is still there');
      await connector.close();
      await exactly(device, book);
      must((await device.foreign()) === foreign, "others' objects were changed");
    },
  },
  {
    name: 'more rules than the device takes are refused before anything is staged',
    run: async (device, target) => {
      const rules = Array.from({ length: target.capabilities.maxRules + 1 }, (_, at) =>
        rule(`n${at.toString(36)}`, {
          families: [4],
          source: nets('10.10.0.0/16'),
          destination: nets(`203.${at >> 16}.${(at >> 8) & 255}.${at & 255}/32`),
        }),
      );
      const desired = device.desired({ rules, sets: new Map() }, { members: () => new Set(), digest: () => '' });
      const calls = await device.calls();
      const connector = device.connect();
      const { steps, conditions } = await planOf(connector, desired);
      await connector.close();
      must(
        steps.length === 0 && conditions.some(({ severity }) => severity === 'error'),
        `${steps.length} steps, ${conditions.length} conditions`,
      );
      must((await device.calls()) === calls, 'something was written');
    },
  },
  {
    name: 'evidence: what is read as running is what the device enforces',
    run: async (device, target) => {
      const book = lowerFor(target.capabilities, { rules: [rule('web', { source: sets('a') })], lists: LISTS });
      const desired = await bring(device, book);
      const connector = device.connect();
      const [running, pending] = [await readOne(connector, desired), await readOne(connector, desired, 'pending')];
      await connector.close();
      must(running.evidence === 'live' || running.evidence === 'installed', `running is read as ${running.evidence}`);
      must(['live', 'candidate'].includes(pending.evidence), `pending is read as ${pending.evidence}`);
      must(running.rulebook.rules.length === 1, 'the rule is not read');
    },
  },
];

export interface Checked {
  readonly name: string;
  /** undefined: kept */
  readonly broken?: string;
}

export async function checkContract(
  device: Device,
  target: Target,
  said: (checked: Checked) => void = () => {},
): Promise<readonly Checked[]> {
  const out: Checked[] = [];
  for (const { name, run } of CHECKS) {
    await device.reset();
    nextLease();
    let checked: Checked;
    try {
      await run(device, target);
      checked = { name };
    } catch (error) {
      checked = { name, broken: error instanceof Error ? error.message : String(error) };
    }
    out.push(checked);
    said(checked);
  }
  await device.reset();
  return out;
}
