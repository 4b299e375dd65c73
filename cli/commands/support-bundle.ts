/**
 * `support-bundle`: what somebody who helps needs to see, and nothing secret. Built from an allow-list: what is not named here does not go in; names
 * of secrets, account numbers and ARNs are taken out of what does.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { readStream } from '../../functions/cluster/stream-state.ts';
import { readApplied } from '../../functions/ledger/applied.ts';
import { readLeaseState } from '../../functions/ledger/lease.ts';
import { listPlans, readPlan } from '../../functions/ledger/query.ts';
import { plural, tellOrigin, tellRule } from '../../functions/rulebook/words.ts';
import program from '../../package.json' with { type: 'json' };
import type { Answer, Call } from '../command.ts';
import { cliError } from '../errors.ts';
import type { Place } from '../place.ts';
import { ReadOnlyTable } from '../read-only-table.ts';
import { readPast } from './history.ts';
import { readStatus } from './status.ts';

const DAY_MS = 86_400_000;

export async function supportBundle(call: Call): Promise<Answer> {
  const place = await call.place();
  const stamp = new Date(place.now()).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
  const out = resolve(call.options.output ?? `cextfire-support-${place.settings.environment}-${stamp}.tar.gz`);
  if (existsSync(out)) throw cliError('CEXT_CLI_FILE', `${out} is there already; name another with -o`);
  if (!existsSync(dirname(out))) throw cliError('CEXT_CLI_FILE', `${dirname(out)} is not there; make it, or name another with -o`);
  const files = await bundleOf(place);
  const packed = /\.(tar\.gz|tgz)$/.test(out);
  const folder = packed ? mkdtempSync(join(tmpdir(), 'cextfire-support-')) : out;
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, content] of files) writeFileSync(join(folder, name), content, { mode: 0o600 });
    if (packed) execFileSync('tar', ['-czf', out, '-C', folder, ...files.keys()], { stdio: ['ignore', 'ignore', 'pipe'] });
  } catch (cause) {
    throw cliError(
      'CEXT_CLI_FILE',
      `${out} cannot be written: ${(cause as Error).message.split('\n', 1)[0]}; name a folder with -o`,
      {},
      { cause },
    );
  } finally {
    if (packed) rmSync(folder, { recursive: true, force: true });
  }
  const value = { file: out, files: [...files.keys()] };
  return {
    value,
    text: () =>
      `Wrote ${out} (${plural(files.size, 'file')}). It holds names, rules and addresses of networks, no secret; look through it before you give it away.`,
  };
}

export async function bundleOf(place: Place): Promise<ReadonlyMap<string, string>> {
  const { settings } = place;
  const table = new ReadOnlyTable(place.table);
  const json = (value: unknown) => `${JSON.stringify(withheld(value), (_, one) => (typeof one === 'bigint' ? String(one) : one), 2)}\n`;
  const files = new Map<string, string>();
  files.set('README.txt', README);
  files.set(
    'versions.json',
    json({ cextfire: program.version, node: process.version, platform: process.platform, at: new Date(place.now()).toISOString() }),
  );
  files.set('settings.json', json(settings));
  files.set('status.json', json(await readStatus(place)));
  files.set('history.json', json(await readPast(place, place.now() - 7 * DAY_MS, place.now())));
  const streams: Record<string, unknown> = {};
  for (const cluster of Object.keys(settings.clusters)) streams[cluster] = await readStream(table, cluster);
  files.set('streams.json', json(streams));
  const plans: unknown[] = [];
  for (const manager of Object.keys(settings.managers))
    for (const head of await listPlans(table, manager, 20)) {
      const found = await readPlan(table, manager, head.id);
      // Payloads of steps are what goes to a device, and not for others.
      const steps = found?.plan.steps.map(({ id, firewall, lane, text }, index) => ({
        id,
        firewall,
        lane,
        text,
        outcome: found.steps.get(index)?.kind ?? null,
      }));
      plans.push({ ...head, why: found?.plan.why, parts: found?.plan.parts, steps });
    }
  files.set('plans.json', json(plans));
  const leases: unknown[] = [];
  for (const firewall of Object.keys(settings.firewalls)) {
    const applied = await readApplied(table, firewall);
    const rules = applied?.rulebook.rules.map((rule) => ({ ...rule, text: tellRule(rule, applied.rulebook), from: tellOrigin(rule) }));
    const sets = [...(applied?.rulebook.sets.values() ?? [])];
    files.set(
      `rules-${firewall}.json`,
      json({ version: applied?.version, plan: applied?.plan, positions: applied?.positions, rules, sets }),
    );
    leases.push(leaseOf(`members#${firewall}`, await readLeaseState(table, `members#${firewall}`)));
  }
  for (const manager of Object.keys(settings.managers))
    leases.push(leaseOf(`structure#${manager}`, await readLeaseState(table, `structure#${manager}`)));
  files.set('leases.json', json(leases));
  return files;
}

/** A lease may guard the opaque session of a device: only what tells how far a lane is. */
function leaseOf(name: string, item: Readonly<Record<string, unknown>> | undefined): unknown {
  const { fence, expiresMs, positions, behind, held, version, openPlan } = item ?? {};
  return { name, fence, expiresMs, positions, behind, held, version, openPlan };
}

const WITHHELD = '(withheld)';

/** In texts of devices and people: what follows a word for a secret, keys, ARNs, accounts in addresses of queues. */
const IN_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, WITHHELD],
  [/\b(key|api-?key|password|passwd|passphrase|secret|token)(["']?\s*[=:]\s*["']?)[^\s&"',;]+/gi, `$1$2${WITHHELD}`],
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/g, WITHHELD],
  [/arn:[a-z-]+:[^\s"]+/g, `arn:${WITHHELD}`],
  [/(amazonaws\.com(?:\.cn)?\/)\d{12}\b/g, `$1${WITHHELD}`],
];

/** Whatever a key says it is secret, and whatever tells whose account it is. */
function withheld(value: unknown): unknown {
  if (typeof value === 'string') return IN_TEXTS.reduce((text, [found, instead]) => text.replaceAll(found, instead), value);
  if (Array.isArray(value)) return value.map(withheld);
  if (value instanceof Map) return withheld(Object.fromEntries(value));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      /^(secret|password|passphrase|(api|private)?key|token|session|account|principal|oidcProvider)$/i.test(key)
        ? WITHHELD
        : withheld(inner),
    ]),
  );
}

const README = `What this is: the state of one cextfire environment, for somebody who helps.

versions.json   program and Node
settings.json   the settings with their defaults; secrets, accounts and ARNs are withheld
status.json     clusters, firewalls, conditions
streams.json    what each cluster's stream is known to be
history.json    what came and went in seven days, and what people did
plans.json      the last plans with their outcomes
rules-*.json    the rules of ours on each firewall, with the definitions of their sets; members are not in it
leases.json     how far each lane is
`;
