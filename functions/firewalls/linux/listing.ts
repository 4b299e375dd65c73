/** `nft -j -n list` into data: sets with their elements, chains with their lines. Whatever we would not write ourselves stays as foreign text. */
import { type AddressRange, type Family, formatAddress, parseAddress, parsePrefix, rangeToPrefixes } from '../../packets/address.ts';
import { PROTOCOLS } from '../../packets/packet.ts';
import type { Member, NumberRange } from '../../rulebook/types.ts';
import { linuxError } from './errors.ts';
import { type Line, type Match, mergeAddresses, mergeNumbers, type NumberField, renderLine, type Verdict } from './line.ts';

export interface ListedLine {
  readonly handle: number;
  readonly line: Line;
  readonly text: string;
}

export interface ListedChain {
  readonly name: string;
  readonly family: string;
  readonly table: string;
  /** "type filter hook forward priority 10; policy accept;" for a base chain */
  readonly hook?: string;
  readonly lines: ListedLine[];
}

export interface ListedSet {
  readonly name: string;
  /** as {@link SetSpec}.spec of model.ts */
  readonly spec: string;
  /** raw elements; absent in a terse listing */
  readonly elements: readonly unknown[];
}

export interface Listing {
  readonly tables: readonly { readonly family: string; readonly name: string }[];
  readonly sets: ReadonlyMap<string, ListedSet>;
  readonly counters: ReadonlyMap<string, { readonly packets: number; readonly bytes: number }>;
  /** by "family table name" */
  readonly chains: ReadonlyMap<string, ListedChain>;
  /** the revision that the next boot would load, where one is saved */
  readonly saved: bigint | undefined;
}

type Dict = { readonly [key: string]: unknown };
const dict = (value: unknown): Dict | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Dict) : undefined;
const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const FIELDS: ReadonlySet<string> = new Set([
  ...['tcp', 'udp', 'sctp', 'udplite'].flatMap((name) => [`${name} sport`, `${name} dport`]),
  ...['icmp', 'icmpv6'].flatMap((name) => [`${name} type`, `${name} code`]),
]);
/** Also as numeric listings print nfproto: the kernel's NFPROTO_IPV4 = 2 and NFPROTO_IPV6 = 10. */
const FAMILY: Readonly<Record<string, Family>> = { ip: 4, ip6: 6, ipv4: 4, ipv6: 6, 2: 4, 10: 6 };

const items = (right: unknown): readonly unknown[] => {
  const set = dict(right)?.set;
  return Array.isArray(set) ? set : [right];
};

function numberRange(value: unknown): NumberRange | undefined {
  const range = dict(value)?.range;
  const [first, last] = Array.isArray(range) ? range : [value, value];
  const number = (part: unknown): number =>
    typeof part === 'number' ? part : typeof part === 'string' ? (PROTOCOLS[part] ?? Number.NaN) : Number.NaN;
  const out = { first: number(first), last: number(last) };
  return Number.isInteger(out.first) && Number.isInteger(out.last) ? out : undefined;
}

/** An address, a prefix or a range, as an element or in a rule. */
export function addressRange(value: unknown): AddressRange | undefined {
  if (typeof value === 'string') return value.startsWith('@') ? undefined : parsePrefix(value);
  const { prefix, range } = dict(value) ?? {};
  const { addr, len } = dict(prefix) ?? {};
  if (typeof addr === 'string' && typeof len === 'number') return parsePrefix(`${addr}/${len}`);
  if (!Array.isArray(range) || typeof range[0] !== 'string' || typeof range[1] !== 'string') return undefined;
  const first = parseAddress(range[0]);
  const last = parseAddress(range[1]);
  return first && last && first.family === last.family ? { family: first.family, first: first.value, last: last.value } : undefined;
}

const all = <T>(values: readonly (T | undefined)[]): readonly T[] | undefined =>
  values.every((value) => value !== undefined) ? (values as readonly T[]) : undefined;

const payloadOf = (value: unknown): { readonly protocol: string; readonly field: string } | undefined => {
  const payload = dict(dict(value)?.payload);
  return payload && typeof payload.protocol === 'string' && typeof payload.field === 'string'
    ? { protocol: payload.protocol, field: payload.field }
    : undefined;
};
const metaOf = (value: unknown): string | undefined => {
  const key = dict(dict(value)?.meta)?.key;
  return typeof key === 'string' ? key : undefined;
};

function parseMatch(match: Dict): Match {
  const foreign: Match = { kind: 'foreign', text: `match ${JSON.stringify(match)}` };
  const { op, left, right } = match;
  const plain = op === '==' || op === 'in';
  const not = op === '!=';
  const payload = payloadOf(left);
  if (payload && (payload.field === 'saddr' || payload.field === 'daddr') && (plain || not)) {
    const family = FAMILY[payload.protocol];
    if (!family) return foreign;
    if (typeof right === 'string' && right.startsWith('@')) return { kind: 'set', end: payload.field, family, not, set: right.slice(1) };
    const ranges = all(items(right).map(addressRange));
    return ranges ? { kind: 'addresses', end: payload.field, family, not, ranges: mergeAddresses(ranges) } : foreign;
  }
  const meta = metaOf(left);
  const field = payload ? `${payload.protocol} ${payload.field}` : meta === 'l4proto' ? 'meta l4proto' : '';
  if (plain && (FIELDS.has(field) || field === 'meta l4proto')) {
    const ranges = all(items(right).map(numberRange));
    return ranges ? { kind: 'number', field: field as NumberField, ranges: mergeNumbers(ranges) } : foreign;
  }
  if (plain && meta === 'nfproto' && FAMILY[text(right)]) return { kind: 'family', family: FAMILY[text(right)] as Family };
  if (plain && (meta === 'iifname' || meta === 'oifname')) {
    const names = all(items(right).map((name) => (typeof name === 'string' ? name : undefined)));
    return names ? { kind: 'interface', side: meta, names } : foreign;
  }
  const concat = dict(left)?.concat;
  if (Array.isArray(concat) && concat.length === 3 && (plain || not) && typeof right === 'string' && right.startsWith('@')) {
    const [address, protocol, port] = [payloadOf(concat[0]), metaOf(concat[1]), payloadOf(concat[2])];
    const family = FAMILY[address?.protocol ?? ''];
    const end = address?.field;
    const expected = end === 'saddr' ? 'sport' : 'dport';
    if (family && (end === 'saddr' || end === 'daddr') && protocol === 'l4proto' && port?.protocol === 'th' && port.field === expected)
      return { kind: 'endpoint', end, family, not, set: right.slice(1) };
  }
  const ct = dict(dict(left)?.ct)?.key;
  // Numeric listings print the states as their bits: established = 2, related = 4.
  if (plain && ct === 'state') {
    const states = Array.isArray(right) ? right.map(String).sort().join() : text(right);
    if (states === 'established,related' || states === '2,4' || states === '6') return { kind: 'established' };
  }
  if (op === 'in' && ct === 'label' && typeof right === 'number') return { kind: 'label', bit: right };
  const jhash = dict(dict(left)?.jhash);
  const hashed = payloadOf(jhash?.expr);
  if (
    op === '<' &&
    hashed?.field === 'saddr' &&
    FAMILY[hashed.protocol] &&
    jhash?.seed === 1 &&
    typeof jhash.mod === 'number' &&
    typeof right === 'number'
  )
    return { kind: 'share', family: FAMILY[hashed.protocol] as Family, modulus: jhash.mod, below: right };
  return foreign;
}

function parseSnat(snat: Dict): Verdict {
  const foreign: Verdict = { kind: 'foreign', text: `snat ${JSON.stringify(snat)}` };
  const family = FAMILY[text(snat.family)];
  if (!family || snat.port !== undefined) return foreign;
  const own = payloadOf(snat.addr);
  if (own)
    return own.field === 'saddr' && FAMILY[own.protocol] === family && snat.flags === undefined
      ? { kind: 'snat', family, to: 'own' }
      : foreign;
  const to = addressRange(snat.addr);
  if (!to || to.family !== family) return foreign;
  const flags = snat.flags;
  const persistent = flags === 'persistent' || (Array.isArray(flags) && flags.length === 1 && flags[0] === 'persistent');
  return persistent === (to.first !== to.last) && (persistent || flags === undefined) ? { kind: 'snat', family, to } : foreign;
}

/** The bit of `ct label set BIT`. */
const labelOf = ({ key, value }: Dict): number | undefined =>
  dict(dict(key)?.ct)?.key === 'label' && typeof value === 'number' ? value : undefined;

/** One rule object of nft. */
export function parseLine(rule: Dict): Line {
  const matches: Match[] = [];
  let label: number | undefined;
  let counter: string | undefined;
  let log: string | undefined;
  let verdict: Verdict = { kind: 'none' };
  for (const expression of Array.isArray(rule.expr) ? rule.expr : []) {
    const [name, body] = Object.entries(dict(expression) ?? {})[0] ?? ['nothing', null];
    const dressed = dict(body);
    const foreign = `${name} ${JSON.stringify(body)}`;
    if (verdict.kind !== 'none') verdict = { kind: 'foreign', text: `${renderLine({ matches: [], verdict })} ${foreign}` };
    else if (name === 'match' && dressed && label === undefined && counter === undefined && log === undefined)
      matches.push(parseMatch(dressed));
    else if (name === 'mangle' && dressed && counter === undefined && log === undefined && labelOf(dressed) !== undefined)
      label = labelOf(dressed);
    else if (name === 'counter' && typeof body === 'string' && log === undefined) counter = body;
    else if (name === 'log' && dressed && typeof dressed.prefix === 'string' && Object.keys(dressed).length === 1) log = dressed.prefix;
    else if (name === 'accept' || name === 'drop' || name === 'return') verdict = { kind: name };
    else if (name === 'jump' && typeof dressed?.target === 'string') verdict = { kind: 'jump', chain: dressed.target };
    else if (name === 'snat' && dressed) verdict = parseSnat(dressed);
    else verdict = { kind: 'foreign', text: foreign };
  }
  const comment = typeof rule.comment === 'string' ? { comment: rule.comment } : {};
  return {
    matches,
    ...(label === undefined ? {} : { label }),
    ...(counter === undefined ? {} : { counter }),
    ...(log === undefined ? {} : { log }),
    verdict,
    ...comment,
  };
}

/** One or more documents of `nft -j -n list`, one a line. @throws CextError CEXT_LINUX_UNREADABLE */
export function parseListing(output: string): Listing {
  const tables: { family: string; name: string }[] = [];
  const sets = new Map<string, ListedSet>();
  const counters = new Map<string, { packets: number; bytes: number }>();
  const chains = new Map<string, ListedChain>();
  let saved: bigint | undefined;
  for (const document of output.split('\n').filter((line) => line.trim() !== '')) {
    let objects: unknown;
    try {
      objects = dict(JSON.parse(document))?.nftables;
    } catch (error) {
      throw linuxError('CEXT_LINUX_UNREADABLE', `nft listed something that is no JSON: ${document.slice(0, 120)}`, {}, { cause: error });
    }
    if (!Array.isArray(objects)) throw linuxError('CEXT_LINUX_UNREADABLE', `nft listed JSON without "nftables": ${document.slice(0, 120)}`);
    for (const object of objects) {
      const [kind, body] = Object.entries(dict(object) ?? {})[0] ?? ['', undefined];
      const it = dict(body);
      if (!it) continue;
      const name = text(it.name);
      const family = text(it.family);
      const table = text(it.table);
      if (kind === 'saved') saved = savedPair(text(it.elements));
      else if (kind === 'table') tables.push({ family, name });
      else if (kind === 'counter') counters.set(name, { packets: Number(it.packets), bytes: Number(it.bytes) });
      else if (kind === 'set') {
        const type = Array.isArray(it.type) ? it.type.join(' . ') : text(it.type);
        const rest = Object.keys(it).filter((key) => !['family', 'name', 'table', 'type', 'handle', 'flags', 'elem'].includes(key));
        const flags = Array.isArray(it.flags) ? ` flags ${it.flags.join(',')};` : '';
        const elements = Array.isArray(it.elem) ? it.elem : [];
        sets.set(name, { name, spec: `type ${type};${flags}${rest.map((key) => ` ${key} ${text(it[key])};`).join('')}`, elements });
      } else if (kind === 'chain') {
        const hook =
          it.hook === undefined
            ? {}
            : {
                hook: `type ${text(it.type)} hook ${text(it.hook)} priority ${text(it.prio)}; policy ${text(it.policy ?? 'accept')};`,
              };
        chains.set(`${family} ${table} ${name}`, { name, family, table, ...hook, lines: [] });
      } else if (kind === 'rule') {
        const line = parseLine(it);
        chains.get(`${family} ${table} ${text(it.chain)}`)?.lines.push({ handle: Number(it.handle), line, text: renderLine(line) });
      }
    }
  }
  return { tables, sets, counters, chains, saved };
}

const elementValue = (element: unknown): unknown => dict(dict(element)?.elem)?.val ?? element;

/** An element as members of the rulebook; an element that none of ours can be gives its raw text, which equals no member. */
export function elementMembers(element: unknown): readonly Member[] {
  const value = elementValue(element);
  const concat = dict(value)?.concat;
  if (Array.isArray(concat)) {
    const [address, protocol, port] = concat;
    const name = typeof protocol === 'number' ? PROTOCOL_NAMES.get(protocol) : text(protocol);
    const parsed = typeof address === 'string' ? parseAddress(address) : undefined;
    return [parsed ? `${formatAddress(parsed.family, parsed.value)},${name ?? protocol}:${port}` : JSON.stringify(value)];
  }
  const range = addressRange(value);
  return range ? rangeToPrefixes(range) : [JSON.stringify(value)];
}

const PROTOCOL_NAMES: ReadonlyMap<number, string> = new Map(Object.entries(PROTOCOLS).map(([name, number]) => [number, name]));

/** "0x0000abcd . 0x00000001", as nft writes a pair into a file. */
function savedPair(written: string): bigint | undefined {
  const match = /^(0x[0-9a-f]+|\d+) \. (0x[0-9a-f]+|\d+)$/.exec(written.trim());
  return match ? (BigInt(match[1] as string) << 32n) | BigInt(match[2] as string) : undefined;
}

/** The pair elements of a state set as 64-bit numbers. */
export function pairs(set: ListedSet | undefined): readonly bigint[] {
  return (set?.elements ?? []).flatMap((element) => {
    const concat = dict(elementValue(element))?.concat;
    return Array.isArray(concat) && concat.length === 2 ? [(BigInt(concat[0] as number) << 32n) | BigInt(concat[1] as number)] : [];
  });
}
