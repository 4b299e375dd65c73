/**
 * What a rule's author asks for beyond Calico: `cextfire.io/...` annotations (DESIGN.md section 1). Strict: whatever is not a documented form is
 * a problem that its author sees; nothing is guessed or ignored. Annotations of other owners are not ours to judge.
 */
import { type AddressRange, type Family, parsePrefix, parseRange } from '../packets/address.ts';
import type { Translation } from '../rulebook/types.ts';
import type { BorderSettings } from '../settings.ts';
import type { Problem } from './errors.ts';

export const PREFIX = 'cextfire.io/';
/** All there are; docs/reference/annotations.md is made from it. */
export const ANNOTATIONS: Readonly<Record<string, { readonly value: string; readonly meaning: string }>> = {
  snat: {
    value: 'an address, a range first-last, the name of a pool, or none',
    meaning:
      "Packets that this allow rule of egress decides leave with that source. It must lie in a pool that the settings give this cluster. none: they keep their own address, also against the administrator's NAT. Without the annotation the administrator's NAT decides.",
  },
  log: { value: '"true" or "false"', meaning: 'The firewall logs what this rule decides, where it can.' },
  id: {
    value: 'up to 253 characters, once per cluster and firewall',
    meaning:
      'A stable name for this rule, for people and for the name on the device. Without it the name comes from the policy and the content of the rule.',
  },
  ticket: { value: 'text', meaning: 'For people: shown wherever the rule is shown, also in its description on the device.' },
  owner: { value: 'text', meaning: 'For people: who answers for the rule.' },
  expires: { value: 'text', meaning: 'For people: until when the rule is meant. Nothing happens by itself on that day.' },
};
const KNOWN = Object.keys(ANNOTATIONS);
const POOL_NAME = /^[a-z][a-z0-9-]{0,39}$/;
const LONGEST_ID = 253;
/** C0, DEL and C1 controls, and the two Unicode line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

export interface Wishes {
  /** ours only, as written */
  readonly annotations: Readonly<Record<string, string>>;
  readonly log: boolean;
  readonly id: string | undefined;
  /** as written; what the settings say to it is another question */
  readonly snat: SnatWish;
  readonly problems: readonly Problem[];
}

export type SnatWish =
  | { readonly kind: 'absent' }
  | { readonly kind: 'none' }
  | { readonly kind: 'addresses'; readonly text: string; readonly range: AddressRange }
  | { readonly kind: 'pool'; readonly pool: string };

/** `maySnat`: the rule is an allow for forwarded egress. */
export function readWishes(raw: Readonly<Record<string, string>>, rule: string, maySnat: boolean): Wishes {
  const problems: Problem[] = [];
  const annotations: Record<string, string> = {};
  const wrong = (field: string, message: string) => problems.push({ code: 'CEXT_POLICY_ANNOTATION', rule, field, message });
  for (const [key, value] of Object.entries(raw).sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (!key.toLowerCase().startsWith(PREFIX)) continue;
    const name = key.slice(PREFIX.length);
    if (!key.startsWith(PREFIX) || !KNOWN.includes(name)) {
      wrong(shown(key), `${shown(key)} is no annotation of cextfire; there are ${KNOWN.map((known) => PREFIX + known).join(', ')}.`);
      continue;
    }
    if (CONTROL.test(value)) wrong(key, `${key} holds a control character or a line break.`);
    annotations[key] = value;
  }
  const log = annotations[`${PREFIX}log`];
  if (log !== undefined && log !== 'true' && log !== 'false')
    wrong(`${PREFIX}log`, `${PREFIX}log is ${quoted(log)}; it must be "true" or "false".`);
  const id = annotations[`${PREFIX}id`];
  if (id !== undefined && (id.trim() !== id || id === '' || id.length > LONGEST_ID))
    wrong(`${PREFIX}id`, `${PREFIX}id is empty, longer than ${LONGEST_ID} characters, or has spaces around it.`);
  const text = annotations[`${PREFIX}snat`];
  let snat: SnatWish = { kind: 'absent' };
  if (text !== undefined) {
    const parsed = parseSnat(text);
    if (!maySnat) wrong(`${PREFIX}snat`, `${PREFIX}snat is only for allow rules of egress; this rule is none.`);
    else if (parsed) snat = parsed;
    else
      wrong(`${PREFIX}snat`, `${PREFIX}snat is ${quoted(text)}; it must be an address, a range first-last, the name of a pool, or none.`);
  }
  return { annotations, log: log === 'true', id, snat, problems };
}

function parseSnat(text: string): SnatWish | undefined {
  if (text === 'none') return { kind: 'none' };
  const range = parseRange(text);
  if (range) return { kind: 'addresses', text, range };
  return POOL_NAME.test(text) ? { kind: 'pool', pool: text } : undefined;
}

/** The translation of a rule in this family, or what is wrong. Undefined: the wish says nothing about this family. */
export function translationFor(
  wish: SnatWish,
  families: readonly Family[],
  border: BorderSettings,
  allowedPools: readonly string[],
):
  | { readonly translation: Translation; readonly families: readonly Family[] }
  | { readonly code: 'CEXT_POLICY_SNAT_POOL' | 'CEXT_POLICY_SNAT_FAMILY'; readonly message: string } {
  if (wish.kind === 'absent' || wish.kind === 'none') return { translation: wish as Translation, families };
  const pools = Object.entries(border.snatPools).filter(([name]) => allowedPools.includes(name));
  const names = pools.map(([name]) => name).join(', ') || 'none';
  if (wish.kind === 'pool') {
    const pool = pools.find(([name]) => name === wish.pool);
    if (!pool) return { code: 'CEXT_POLICY_SNAT_POOL', message: `The pool ${wish.pool} is not one this cluster may use here (${names}).` };
    const ranges = pool[1].map(addressesOf);
    const had = families.filter((family) => ranges.some((range) => range.family === family));
    if (had.length === 0)
      return { code: 'CEXT_POLICY_SNAT_FAMILY', message: `The pool ${wish.pool} has no range of IPv${families.join(' or IPv')}.` };
    return { translation: { kind: 'pool', pool: wish.pool, ranges: ranges.filter((range) => had.includes(range.family)) }, families: had };
  }
  const { range } = wish;
  const inside = pools.some(([, texts]) =>
    texts.map(addressesOf).some((pool) => pool.family === range.family && pool.first <= range.first && pool.last >= range.last),
  );
  if (!inside) return { code: 'CEXT_POLICY_SNAT_POOL', message: `${wish.text} lies in no pool that this cluster may use here (${names}).` };
  if (!families.includes(range.family))
    return {
      code: 'CEXT_POLICY_SNAT_FAMILY',
      message: `${wish.text} is an IPv${range.family} address, but the rule is for IPv${families.join()}.`,
    };
  const translation: Translation = wish.text.includes('-') ? { kind: 'range', range } : { kind: 'address', address: wish.text };
  return { translation, families: [range.family] };
}

/** An address, a CIDR or a range of the settings, which were checked when they were read. */
function addressesOf(text: string): AddressRange {
  const range = parseRange(text) ?? parsePrefix(text);
  // Stryker disable next-line all: never so, see above
  if (!range) throw new RangeError(`not an address, range or prefix: ${text}`);
  return { family: range.family, first: range.first, last: range.last };
}

/** A user's text in a message for people: short and without controls. */
export function shown(text: string): string {
  const clean = text.replace(new RegExp(CONTROL, 'g'), '?');
  return clean.length > 80 ? `${clean.slice(0, 77)}...` : clean;
}

const quoted = (text: string): string => `"${shown(text)}"`;
