/** From a listing back to the rulebook: the inverse of model.ts. Nothing is taken from what we wanted but names that the box does not keep. */
import { FAMILIES, type Family, formatAddress, formatRange, rangeToPrefixes } from '../../packets/address.ts';
import { Structure } from '../../rulebook/overlap.ts';
import type { Endpoints, FilterRule, Rulebook, Service, SetDefinition, SetId, Side, Translation, Union } from '../../rulebook/types.ts';
import type { Desired, Drift } from '../contract.ts';
import { type Line, type Match, prefixRanges, renderLine } from './line.ts';
import type { ListedChain, Listing } from './listing.ts';
import { HOOKS, type Model } from './model.ts';
import {
  BASE,
  hashText,
  type Judge,
  listKey,
  parseAcceptedChain,
  parseListName,
  parseRuleChain,
  parseSetName,
  STATE_SETS,
} from './naming.ts';

type Where = { readonly judge: Judge; readonly border: string; readonly cluster: string };

export interface Rebuilt {
  readonly rulebook: Rulebook;
  readonly drift: readonly Drift[];
}

interface PartialSide {
  include: 'any' | { sets: Set<SetId>; prefixes: string[] };
  exclude: { sets: Set<SetId>; prefixes: string[] };
}

/** What one chain of a rule says, before it gets its place. */
interface ChainMeaning {
  readonly families: readonly Family[];
  readonly source: Side;
  readonly destination: Side;
  readonly sourceEndpoints: Endpoints;
  readonly destinationEndpoints: Endpoints;
  readonly services: FilterRule['services'];
  readonly deciding: readonly Line[];
}

const EVERYTHING: Readonly<Record<Family, string>> = { 4: '0.0.0.0/0', 6: '::/0' };

export function rebuild(listing: Listing, desired: Desired, model: Model): Rebuilt {
  const { prefix } = desired.settings;
  const chain = (name: string): ListedChain | undefined => listing.chains.get(`inet ${model.table} ${name}`);
  const drift: Drift[] = [];
  const places = new Map<string, Where>();
  for (const border of desired.borders.keys()) {
    places.set(listKey(prefix, 'vips', border, ''), { judge: 'vips', border, cluster: '' });
    for (const judge of ['egress', 'ingress', 'nat'] as const)
      for (const cluster of desired.clusters.keys()) places.set(listKey(prefix, judge, border, cluster), { judge, border, cluster });
  }

  /** Rules of one base chain in order, as [chain of the rule, families, where]. */
  const walk = (
    judge: Judge,
  ): { readonly name: string; readonly families: readonly Family[]; readonly where: Where; readonly comment: string }[] => {
    const seen = new Set<string>();
    return (chain(BASE[judge])?.lines ?? []).flatMap(({ line, text }) => {
      if (line.verdict.kind !== 'jump') {
        if (!line.matches.some(({ kind }) => kind === 'established') && line.label === undefined)
          drift.push({ object: `chain ${BASE[judge]}`, before: '', after: text });
        return [];
      }
      const list = parseListName(prefix, line.verdict.chain);
      if (!list || seen.has(line.verdict.chain)) return [];
      seen.add(line.verdict.chain);
      const [, border = '', cluster = ''] = (line.comment ?? '').split(' ');
      const where = places.get(list.key) ?? { judge, border, cluster };
      return (chain(line.verdict.chain)?.lines ?? []).flatMap(({ line: jump, text: jumpText }) => {
        const family = jump.matches.find((match) => match.kind === 'family');
        if (jump.verdict.kind !== 'jump' || jump.matches.length > (family ? 1 : 0)) {
          drift.push({ object: `chain ${list.key}`, before: '', after: jumpText });
          return [];
        }
        return [{ name: jump.verdict.chain, families: family ? [family.family] : FAMILIES, where, comment: jump.comment ?? '' }];
      });
    });
  };

  const rules: FilterRule[] = [];
  for (const judge of ['vips', 'egress', 'ingress'] as const)
    for (const { name, families, where, comment } of walk(judge)) {
      const rule = chain(name) && readRule(prefix, name, chain(name) as ListedChain, families, where, comment);
      if (rule) rules.push(rule);
      else drift.push({ object: `chain ${name}`, before: '', after: (chain(name)?.lines ?? []).map(({ text }) => text).join('; ') });
    }

  const wanted = new Map(desired.rulebook.rules.map((rule) => [`${rule.border} ${rule.id}`, rule]));
  const entries: FilterRule[] = [];
  for (const { name, families, where, comment } of walk('nat')) {
    const id = parseRuleChain(prefix, name)?.rule;
    const listed = chain(name);
    const meaning =
      listed &&
      readMeaning(
        prefix,
        listed.lines.map(({ line }) => line),
        families,
      );
    if (!id || !meaning) {
      drift.push({ object: `chain ${name}`, before: '', after: (listed?.lines ?? []).map(({ text }) => text).join('; ') });
      continue;
    }
    const translation = readTranslation(meaning, wanted.get(`${where.border} ${id}`));
    entries.push({ ...baseRule(id, where, comment), ...meaning, action: 'allow', log: false, translation });
  }

  const sets = new Map<SetId, SetDefinition>();
  for (const name of listing.sets.keys()) {
    const parsed = parseSetName(prefix, name);
    if (!parsed || sets.has(parsed.set)) continue;
    const kind = parsed.part === 'e' ? 'endpoints' : 'addresses';
    sets.set(
      parsed.set,
      desired.rulebook.sets.get(parsed.set) ?? { id: parsed.set, kind, cluster: '', expression: { kind: 'nothing' }, text: '' },
    );
  }
  const structure = new Structure(sets);
  const entryOf = new Map(entries.map((entry) => [`${entry.border} ${entry.id}`, entry]));
  const translated = rules.map((rule): FilterRule => {
    if (rule.stage !== 'forward' || rule.direction !== 'egress' || rule.action !== 'allow') return rule;
    const own = entryOf.get(`${rule.border} ${rule.id}`);
    const decides = own ?? entries.find((entry) => entry.border === rule.border && structure.surelyCovers(entry, rule));
    return { ...rule, translation: decides?.translation ?? { kind: 'absent' } };
  });
  drift.push(...findDrift(listing, prefix, model));
  return { rulebook: { rules: translated, sets }, drift };
}

const baseRule = (id: string, where: Where, comment: string): Pick<FilterRule, 'id' | 'border' | 'stage' | 'direction' | 'origin'> => ({
  id,
  border: where.border,
  stage: where.judge === 'vips' ? 'preDnat' : 'forward',
  direction: where.judge === 'ingress' || where.judge === 'vips' ? 'ingress' : 'egress',
  origin: { cluster: where.cluster || (comment.split(' ')[1] ?? ''), tier: '', annotations: {} },
});

function readRule(
  prefix: string,
  name: string,
  listed: ListedChain,
  families: readonly Family[],
  where: Where,
  comment: string,
): FilterRule | undefined {
  const id = parseRuleChain(prefix, name)?.rule;
  const meaning = readMeaning(
    prefix,
    listed.lines.map(({ line }) => line),
    families,
  );
  if (!id || !meaning) return undefined;
  const kinds = new Set(meaning.deciding.map(({ verdict }) => verdict.kind));
  const logs = new Set(meaning.deciding.map(({ log }) => log !== undefined));
  if (kinds.size > 1 || logs.size > 1) return undefined;
  const [kind = 'drop'] = kinds;
  const [logged = false] = logs;
  const action = kind === 'accept' ? 'allow' : kind === 'drop' ? 'deny' : kind === 'return' && logged ? 'log' : undefined;
  if (!action) return undefined;
  const { deciding: _, ...sides } = meaning;
  return { ...baseRule(id, where, comment), ...sides, action, log: action !== 'log' && logged, translation: { kind: 'absent' } };
}

/** A line that only leaves the chain; a log rule returns too, but counts and logs. */
const isLeaving = (line: Line): boolean => line.verdict.kind === 'return' && line.counter === undefined && line.log === undefined;

function readMeaning(prefix: string, lines: readonly Line[], families: readonly Family[]): ChainMeaning | undefined {
  const start = lines.findIndex((line) => !isLeaving(line));
  const leaving = start < 0 ? lines : lines.slice(0, start);
  const deciding = start < 0 ? [] : lines.slice(start);
  const dead = new Set<Family>();
  const sides: Record<'saddr' | 'daddr', Map<Family, PartialSide>> = { saddr: new Map(), daddr: new Map() };
  const side = (end: 'saddr' | 'daddr', family: Family): PartialSide => {
    const known = sides[end].get(family) ?? { include: 'any', exclude: { sets: new Set(), prefixes: [] } };
    sides[end].set(family, known);
    return known;
  };
  const excludedEndpoints: Record<'saddr' | 'daddr', Set<SetId>> = { saddr: new Set(), daddr: new Set() };
  const idOf = (name: string): SetId | undefined => parseSetName(prefix, name)?.set;

  for (const { matches } of leaving) {
    const [first, ...more] = matches;
    if (!first) return undefined;
    if (first.kind === 'family' && more.length === 0) dead.add(first.family);
    else if (first.kind === 'endpoint' && !first.not && more.length === 0) {
      const id = idOf(first.set);
      if (!id) return undefined;
      excludedEndpoints[first.end].add(id);
    } else if ((first.kind === 'set' || first.kind === 'addresses') && !first.not && more.length === 0) {
      const { exclude } = side(first.end, first.family);
      if (!collect(first, exclude, idOf)) return undefined;
    } else {
      const known = matches.every(
        (match): match is Match & { kind: 'set' | 'addresses' } => match.kind === 'set' || match.kind === 'addresses',
      )
        ? matches
        : undefined;
      const head = known?.[0];
      if (!known || !head || known.some((match) => !match.not || match.end !== head.end || match.family !== head.family)) return undefined;
      const into = side(head.end, head.family);
      if (into.include !== 'any') return undefined;
      into.include = { sets: new Set(), prefixes: [] };
      for (const match of known) if (!collect(match, into.include, idOf)) return undefined;
    }
  }
  const alive = families.filter((family) => !dead.has(family));
  const merge = (end: 'saddr' | 'daddr'): Side => {
    const parts = alive.map((family) => ({ family, part: side(end, family) }));
    const any = parts.every(({ part }) => part.include === 'any');
    const include: 'any' | Union = any
      ? 'any'
      : {
          sets: [...new Set(parts.flatMap(({ part }) => (part.include === 'any' ? [] : [...part.include.sets])))],
          prefixes: parts.flatMap(({ family, part }) => (part.include === 'any' ? [EVERYTHING[family]] : part.include.prefixes)),
        };
    return {
      include,
      exclude: {
        sets: [...new Set(parts.flatMap(({ part }) => [...part.exclude.sets]))],
        prefixes: parts.flatMap(({ part }) => part.exclude.prefixes),
      },
    };
  };
  const included: Record<'saddr' | 'daddr', Set<SetId>> = { saddr: new Set(), daddr: new Set() };
  const services: Service[] = [];
  let anyService = false;
  for (const line of deciding) {
    const rest: Match[] = [];
    for (const match of line.matches) {
      if (match.kind === 'endpoint' && !match.not) {
        const id = idOf(match.set);
        if (!id) return undefined;
        included[match.end].add(id);
      } else if (match.kind !== 'share' && match.kind !== 'family') rest.push(match);
    }
    const service = readService(rest);
    if (!service) return undefined;
    if (service === 'any') anyService = true;
    else if (!services.some((known) => JSON.stringify(known) === JSON.stringify(service))) services.push(service);
  }
  const nothing = alive.length === 0;
  return {
    families: nothing ? families : alive,
    source: nothing ? { include: { sets: [], prefixes: [] }, exclude: { sets: [], prefixes: [] } } : merge('saddr'),
    destination: nothing ? { include: 'any', exclude: { sets: [], prefixes: [] } } : merge('daddr'),
    sourceEndpoints: { include: [...included.saddr], exclude: [...excludedEndpoints.saddr] },
    destinationEndpoints: { include: [...included.daddr], exclude: [...excludedEndpoints.daddr] },
    services: anyService ? 'any' : services,
    deciding,
  };
}

/** Hosts and prefixes of a set always stand together; which of the two it is, is no part of the meaning. */
function collect(
  match: Match & { kind: 'set' | 'addresses' },
  into: { sets: Set<SetId>; prefixes: string[] },
  idOf: (name: string) => SetId | undefined,
): boolean {
  if (match.kind === 'addresses') {
    into.prefixes.push(...match.ranges.flatMap(rangeToPrefixes));
    return true;
  }
  const id = idOf(match.set);
  if (id) into.sets.add(id);
  return id !== undefined;
}

const PROTOCOL: Readonly<Record<string, number>> = { tcp: 6, udp: 17, sctp: 132, udplite: 136 };
const FULL_PORTS = [{ first: 0, last: 65535 }];
const FULL_BYTE = { first: 0, last: 255 };

function readService(matches: readonly Match[]): Service | 'any' | undefined {
  if (matches.length === 0) return 'any';
  const numbers = matches.filter((match) => match.kind === 'number');
  if (numbers.length !== matches.length) return undefined;
  const [head] = numbers;
  const [name = '', field] = head?.field.split(' ') ?? [];
  if (head && field === 'l4proto') return numbers.length === 1 ? { kind: 'protocols', protocols: head.ranges } : undefined;
  if (!numbers.every((match) => match.field.startsWith(`${name} `))) return undefined;
  const ranges = (which: string) => numbers.find((match) => match.field === `${name} ${which}`)?.ranges;
  const protocol = PROTOCOL[name];
  if (protocol !== undefined)
    return { kind: 'ports', protocol, source: ranges('sport') ?? FULL_PORTS, destination: ranges('dport') ?? FULL_PORTS };
  const types = ranges('type') ?? [FULL_BYTE];
  const codes = ranges('code') ?? [FULL_BYTE];
  return { kind: 'icmp', protocol: name === 'icmp' ? 1 : 58, types: types.flatMap((type) => codes.map((code) => ({ type, code }))) };
}

/** The translation of a NAT chain. A pool's name is not on the box: it is taken from the wanted rule where the ranges are the same. */
function readTranslation(meaning: ChainMeaning, wanted: FilterRule | undefined): Translation {
  const found = meaning.deciding.map(({ verdict }) => verdict);
  const snat = found.filter((verdict) => verdict.kind === 'snat');
  if (snat.length === 0) return { kind: 'absent' };
  if (snat.every(({ to }) => to === 'own')) return { kind: 'none' };
  const ranges = [...new Map(snat.flatMap(({ to }) => (to === 'own' ? [] : [[formatRange(to), to] as const]))).values()];
  const texts = ranges.map(formatRange).sort().join();
  const same = (translation: Translation): boolean => {
    const of =
      translation.kind === 'address'
        ? FAMILIES.flatMap((family) => prefixRanges(family, [translation.address]))
        : translation.kind === 'range'
          ? [translation.range]
          : translation.kind === 'pool'
            ? translation.ranges
            : [];
    return (
      of
        .filter(({ family }) => meaning.families.includes(family))
        .map(formatRange)
        .sort()
        .join() === texts
    );
  };
  if (wanted && same(wanted.translation)) return wanted.translation;
  const [only] = ranges;
  if (ranges.length > 1 || !only) return { kind: 'pool', pool: 'unknown', ranges };
  return only.first === only.last ? { kind: 'address', address: formatAddress(only.family, only.first) } : { kind: 'range', range: only };
}

/** Chains whose content is not what their name says, and things in our table that we never make. */
function findDrift(listing: Listing, prefix: string, model: Model): Drift[] {
  const drift: Drift[] = [];
  const bases = new Map(Object.entries(BASE).map(([judge, name]) => [name as string, HOOKS[judge as Judge]]));
  for (const { name, table, family, lines, hook } of listing.chains.values()) {
    if (table !== model.table || family !== 'inet') continue;
    const named = parseRuleChain(prefix, name) ?? parseAcceptedChain(prefix, name);
    const texts = lines.map(({ text }) => text);
    if (named) {
      if (hashText(texts.join('\n')).slice(0, 5) !== named.generation)
        drift.push({ object: `chain ${name}`, before: (model.rules.get(name) ?? []).map(renderLine).join('; '), after: texts.join('; ') });
    } else if (bases.has(name)) {
      if (hook !== bases.get(name)) drift.push({ object: `chain ${name}`, before: bases.get(name) ?? '', after: hook ?? 'no hook' });
    } else if (!parseListName(prefix, name)) drift.push({ object: `chain ${name}`, before: '', after: texts.join('; ') });
  }
  for (const { name, spec } of listing.sets.values())
    if (!parseSetName(prefix, name) && !(STATE_SETS as readonly string[]).includes(name))
      drift.push({ object: `set ${name}`, before: '', after: spec });
  return drift;
}
