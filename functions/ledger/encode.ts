/**
 * Rulebooks as JSON: maps as sorted lists, bigint as {"$": "123"}; and one canonical text for hashing, in which the order of an object's keys
 * does not count.
 */
import { createHash } from 'node:crypto';
import type { Rulebook } from '../rulebook/types.ts';

const byKey = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

function toPlain(value: unknown, sorted: boolean): unknown {
  if (typeof value === 'bigint') return { $: value.toString() };
  if (value instanceof Map) return [...value.entries()].sort(byKey).map(([key, inner]) => [key, toPlain(inner, sorted)]);
  if (value instanceof Set) return [...value].sort().map((inner) => toPlain(inner, sorted));
  if (Array.isArray(value)) return value.map((inner) => toPlain(inner, sorted));
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries((sorted ? entries.sort(byKey) : entries).map(([key, inner]) => [key, toPlain(inner, sorted)]));
}

/** JSON with sorted keys; equal values give equal texts. */
export const canonical = (value: unknown): string => JSON.stringify(toPlain(value, true));

/** 32 hex digits over the canonical text. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);

/** Keys keep their order: what is decoded is written as what was encoded, for whoever takes an expression's text as its name. */
export function encodeRulebook(rulebook: Rulebook): string {
  return JSON.stringify(toPlain({ rules: rulebook.rules, sets: rulebook.sets }, false));
}

export function decodeRulebook(text: string): Rulebook {
  const { rules, sets } = JSON.parse(text, (_, value) =>
    value !== null && typeof value === 'object' && typeof value.$ === 'string' && Object.keys(value).length === 1 ? BigInt(value.$) : value,
  );
  return { rules, sets: new Map(sets) };
}

/** What a firewall does, without what is only for people: two rulebooks of one hash need no step between them. */
export function structureHash(rulebook: Rulebook): string {
  return hashOf({
    rules: rulebook.rules.map(({ origin: _, ...rule }) => rule),
    sets: [...rulebook.sets.values()].map(({ text: _, ...set }) => set).sort((a, b) => (a.id < b.id ? -1 : 1)),
  });
}
