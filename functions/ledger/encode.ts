/**
 * Rulebooks as JSON: maps as sorted lists, bigint as {"$": "123"}; and one canonical text for hashing, in which the order of an object's keys
 * does not count.
 */
import { createHash } from 'node:crypto';
import type { Rulebook } from '../rulebook/types.ts';

const toPlain = (value: unknown): unknown => {
  if (typeof value === 'bigint') return { $: value.toString() };
  if (value instanceof Map)
    return [...value.entries()].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([key, v]) => [key, toPlain(v)]);
  if (value instanceof Set) return [...value].sort().map(toPlain);
  if (Array.isArray(value)) return value.map(toPlain);
  if (value !== null && typeof value === 'object') {
    const out: Record<string, unknown> = {};
    for (const key of Object.keys(value).sort()) {
      const inner = (value as Record<string, unknown>)[key];
      if (inner !== undefined) out[key] = toPlain(inner);
    }
    return out;
  }
  return value;
};

/** JSON with sorted keys; equal values give equal texts. */
export const canonical = (value: unknown): string => JSON.stringify(toPlain(value));

/** 32 hex digits over the canonical text. */
export const hashOf = (value: unknown): string => createHash('sha256').update(canonical(value)).digest('hex').slice(0, 32);

export function encodeRulebook(rulebook: Rulebook): string {
  return canonical({ rules: rulebook.rules, sets: rulebook.sets });
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
