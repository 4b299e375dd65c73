/**
 * What the packet algebra costs at 2,000 policies / 10,000 rules over 250,000 members: `node test/bench/algebra.ts` prints a table,
 * `npm run bench` takes {@link algebraRows}. Counts and times, no limits: no test asserts a time.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { formatAddress } from '../../functions/packets/address.ts';
import { formatPacket, type Packet } from '../../functions/packets/packet.ts';
import type { Book } from '../../functions/rulebook/algebra.ts';
import { Algebra } from '../../functions/rulebook/algebra-context.ts';
import { difference } from '../../functions/rulebook/difference.ts';
import { evaluatorOf } from '../../functions/rulebook/evaluate.ts';
import { deriveNat } from '../../functions/rulebook/nat.ts';
import { prove } from '../../functions/rulebook/prove.ts';
import {
  ANY,
  type FilterRule,
  type MemberSource,
  NO_ENDPOINTS,
  NO_UNION,
  type Service,
  type Side,
} from '../../functions/rulebook/types.ts';
import { MemberSet } from '../../proto/members.ts';

export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note?: string;
}

const PODS = 250_000;
const POLICIES = 2_000;

/** A small generator of numbers, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface World {
  readonly rules: readonly FilterRule[];
  readonly sets: ReadonlyMap<string, MemberSet>;
}

/** Pods of 1,700 applications, 250 teams and 10 environments; network sets and services as people write them. */
function world(): World {
  const pick = numbers(4);
  const sets = new Map<string, MemberSet>();
  const put = (name: string, member: string) => {
    let set = sets.get(name);
    if (!set) {
      set = new MemberSet();
      sets.set(name, set);
    }
    set.add(member);
  };
  for (let pod = 0; pod < PODS; pod++) {
    const address = `${formatAddress(4, 0x0a000000n + BigInt(pod))}/32`;
    const app = pick(1_700);
    put(`app${app}`, address);
    put(`team${app % 250}`, address);
    put(`env${pick(10)}`, address);
  }
  for (let net = 0; net < 300; net++)
    for (let count = 1 + pick(20); count > 0; count--) put(`net${net}`, `${1 + pick(200)}.${pick(256)}.${pick(256)}.0/24`);
  const every = { first: 0, last: 65535 };
  const ports = [443, 80, 53, 5432, 3306, 6379, 9092, 8080, 8443, 22, 25, 123, 389, 636, 1521, 27017];
  const services: readonly (readonly Service[])[] = [
    ...ports.map((port): Service[] => [{ kind: 'ports', protocol: 6, source: [every], destination: [{ first: port, last: port }] }]),
    [{ kind: 'ports', protocol: 17, source: [every], destination: [{ first: 53, last: 53 }] }],
    [{ kind: 'ports', protocol: 6, source: [every], destination: [{ first: 8000, last: 8999 }] }],
    [{ kind: 'icmp', protocol: 1, types: [{ type: { first: 8, last: 8 }, code: { first: 0, last: 255 } }] }],
  ];
  const side = (set: string): Side => ({ include: { sets: [set], prefixes: [] }, exclude: NO_UNION });
  const rules: FilterRule[] = [];
  for (let policy = 0; policy < POLICIES; policy++) {
    const source = policy < 1_700 ? `app${policy}` : policy < 1_950 ? `team${policy - 1_700}` : `env${policy % 10}`;
    for (let rule = 0; rule < 5; rule++) {
      const isDeny = rule === 4 || pick(10) === 0;
      const prefixes = Array.from({ length: 1 + pick(3) }, () => `${1 + pick(200)}.${pick(256)}.${pick(256)}.0/24`);
      const destination: Side =
        pick(8) === 0 ? ANY : pick(2) === 0 ? side(`net${pick(300)}`) : { include: { sets: [], prefixes }, exclude: NO_UNION };
      rules.push({
        id: `p${policy}r${rule}`,
        border: 'edge',
        stage: 'forward',
        direction: 'egress',
        action: isDeny ? 'deny' : 'allow',
        log: false,
        families: [4],
        source: side(source),
        destination,
        sourceEndpoints: NO_ENDPOINTS,
        destinationEndpoints: NO_ENDPOINTS,
        services: services[pick(services.length)] as readonly Service[],
        translation: !isDeny && pick(10) === 0 ? { kind: 'address', address: `198.51.100.${pick(16)}` } : { kind: 'absent' },
        origin: {
          cluster: 'pay',
          tier: 'border',
          policy: { kind: 'GlobalNetworkPolicy', namespace: '', name: `border.p${policy}` },
          ruleIndex: rule,
          annotations: {},
          sourceText: source,
        },
      });
    }
  }
  return { rules, sets };
}

/** Digests as the derived sets keep them: a text per content. */
function source(
  sets: ReadonlyMap<string, MemberSet>,
  changed: ReadonlyMap<string, { members: MemberSet; digest: string }> = new Map(),
): MemberSource {
  const empty = new MemberSet();
  return {
    members: (set) => changed.get(set)?.members ?? sets.get(set) ?? empty,
    digest: (set) => changed.get(set)?.digest ?? `d${set}`,
  };
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
/** Milliseconds of this thread on a processor: what else runs on the machine counts little. */
function time(run: () => unknown, runs = 1): number {
  const times: number[] = [];
  for (let at = 0; at < runs; at++) {
    const start = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(start);
    times.push((user + system) / 1000);
  }
  return median(times);
}

/** What is changed in the book, how often it is measured, and the book after it. */
type Change = readonly [name: string, runs: number, after: () => readonly FilterRule[]];

function changesOf(rules: readonly FilterRule[]): readonly Change[] {
  const pick = numbers(7);
  const flip = (at: number) =>
    rules.with(at, {
      ...(rules[at] as FilterRule),
      action: rules[at]?.action === 'deny' ? 'allow' : 'deny',
      translation: { kind: 'absent' },
    });
  const anyToAny = (): FilterRule => ({
    ...(rules[0] as FilterRule),
    id: 'any',
    action: 'allow',
    origin: { cluster: 'pay', tier: 'border', annotations: {} },
    source: ANY,
    destination: ANY,
    services: 'any',
  });
  return [
    ['one flipped action', 15, () => flip(pick(8_500))],
    ['one policy of an application removed', 15, () => rules.toSpliced(pick(1_700) * 5, 5)],
    ['one policy of a team removed', 9, () => rules.toSpliced((1_700 + pick(250)) * 5, 5)],
    ['one policy of an environment removed', 9, () => rules.toSpliced((1_950 + pick(50)) * 5, 5)],
    ['any-to-any on top', 1, () => [anyToAny(), ...rules]],
  ];
}

const bookOf = (rules: readonly FilterRule[], members: MemberSource): Book => ({ rulebook: { rules, sets: new Map() }, members });

/** MiB of the heap that the engine gets: it collects before it takes more, so that what is resident is what is needed. */
const HEAP = 160;

/** Proof and difference of every change, in a process of its own. Prints the MiB that were resident at most, without the world. */
function measureMemory(): void {
  const { rules, sets } = world();
  globalThis.gc?.();
  const base = process.memoryUsage().rss;
  const members = source(sets);
  const before = bookOf(rules, members);
  const algebra = new Algebra();
  for (const [, , after] of changesOf(rules)) {
    const book = bookOf(structuredClone(after()), members);
    prove(before, book, { algebra });
    difference(before, book, { algebra });
  }
  console.log(process.resourceUsage().maxRSS / 1024 - base / 2 ** 20);
}

function memoryNeeded(): number {
  const flags = ['--no-warnings', '--expose-gc', `--max-old-space-size=${HEAP}`];
  const { stdout, stderr } = spawnSync(process.execPath, [...flags, fileURLToPath(import.meta.url), '--memory'], { encoding: 'utf8' });
  if (stdout === '') throw new Error(stderr);
  return Number(stdout);
}

export function algebraRows(): readonly BenchRow[] {
  const rows: BenchRow[] = [];
  const add = (name: string, value: number, unit: string, note?: string) => {
    rows.push(note === undefined ? { name, value, unit } : { name, value, unit, note });
  };
  const { rules, sets } = world();
  const members = source(sets);
  const book = (list: readonly FilterRule[], of: MemberSource = members): Book => bookOf(list, of);
  const readBack = () => rules.map((rule) => structuredClone(rule));
  const before = book(rules);

  const cold = readBack();
  add(
    'prove: equal, cold, rules read back',
    time(() => prove(before, book(cold))),
    'cpu ms',
  );
  const algebra = new Algebra();
  const options = { algebra };
  prove(before, before, options);
  add(
    'prove: equal, warm, same rules',
    time(() => prove(before, book([...rules]), options), 9),
    'cpu ms',
  );
  const again = Array.from({ length: 5 }, readBack);
  add(
    'prove: equal, warm, rules read back',
    time(() => prove(before, book(again.pop() ?? rules), options), 5),
    'cpu ms',
    'aim < 20',
  );

  for (const [name, runs, change] of changesOf(rules)) {
    const first = change();
    add(
      `prove: ${name}, cold`,
      time(() => prove(before, book(first))),
      'cpu ms',
    );
    let verdict = '';
    const proofs: number[] = [];
    const differences: number[] = [];
    let found = '';
    for (let run = 0; run < runs; run++) {
      const after = book(change());
      proofs.push(
        time(() => {
          const proof = prove(before, after, options);
          verdict = proof.kind === 'different' ? formatPacket(proof.witness.packet) : proof.kind;
        }),
      );
      differences.push(
        time(() => {
          const { regions, opens, closes, complete } = difference(before, after, options);
          found = `${regions.length} regions, opens ${opens}, closes ${closes}${complete ? '' : ', not complete'}; ${regions[0]?.text ?? ''}`;
        }),
      );
    }
    add(`prove: ${name}, warm, median`, median(proofs), 'cpu ms', verdict);
    add(`prove: ${name}, warm, worst of ${runs}`, Math.max(...proofs), 'cpu ms');
    add(`difference: ${name}, warm, median`, median(differences), 'cpu ms', found);
    add(`difference: ${name}, warm, worst of ${runs}`, Math.max(...differences), 'cpu ms');
  }
  add(`memory above rules and members, heap of ${HEAP} MiB`, memoryNeeded(), 'MiB', 'aim < 300');

  const grown = new MemberSet();
  for (const member of sets.get('team7') ?? []) grown.add(member);
  grown.add('10.200.0.1/32');
  const churned = source(sets, new Map([['team7', { members: grown, digest: 'dteam7+' }]]));
  add(
    'membersChanged: one pod in a set of 1,000',
    time(() => algebra.membersChanged('team7', 'dteam7', 'dteam7+', ['10.200.0.1/32'], [])),
    'cpu ms',
  );
  add(
    'prove: one pod more in one set',
    time(() => prove(before, book(rules, churned), options)),
    'cpu ms',
  );

  const pick = numbers(11);
  const evaluate = evaluatorOf(before);
  const packets: Packet[] = Array.from({ length: 2_000 }, () => ({
    family: 4,
    direction: 'egress',
    source: 0x0a000000n + BigInt(pick(PODS)),
    destination: BigInt(pick(2 ** 32)),
    protocol: 6,
    sourcePort: 40_000,
    destinationPort: [443, 80, 22, 9999][pick(4)] as number,
  }));
  evaluate('edge', 'forward', packets[0] as Packet);
  const took = time(() => {
    for (const packet of packets) evaluate('edge', 'forward', packet);
  });
  add('evaluate, 10,000 rules', (packets.length / took) * 1000, 'packets/s');
  let entries = 0;
  add(
    'NAT list of 10,000 rules',
    time(() => {
      entries = deriveNat(before.rulebook, 'edge').length;
    }),
    'cpu ms',
    `${entries} entries`,
  );
  add('NAT entries', entries, 'entries');
  return rows;
}

if (process.argv[2] === '--memory') measureMemory();
else if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const { name, value, unit, note } of algebraRows())
    console.log(`${name.padEnd(64)} ${value.toFixed(value < 10 ? 2 : 0).padStart(10)} ${unit}${note ? `  (${note})` : ''}`);
