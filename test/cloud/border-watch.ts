/** What stands on the Linux firewall, looked at again and again, and every difference in words. */
import { setTimeout as sleep } from 'node:timers/promises';
import { some } from '../../cli/words.ts';
import { elementMembers, type Listing, parseListing } from '../../functions/firewalls/linux/listing.ts';
import { parseRuleChain, parseSetName } from '../../functions/firewalls/linux/naming.ts';
import type { RuleId, SetId } from '../../functions/rulebook/types.ts';

/** Our part of the box: sets with members, rules with their lines as nft prints them. */
export interface BorderPicture {
  readonly sets: ReadonlyMap<SetId, ReadonlySet<string>>;
  /** rule -> chains that carry it (a filter chain, a translating one) */
  readonly rules: ReadonlyMap<RuleId, ReadonlyMap<string, readonly string[]>>;
  readonly packets: ReadonlyMap<string, number>;
}

export const NOTHING_YET: BorderPicture = { sets: new Map(), rules: new Map(), packets: new Map() };

export function pictureOf(listing: Listing, prefix: string): BorderPicture {
  const sets = new Map<SetId, Set<string>>();
  for (const { name, elements } of listing.sets.values()) {
    const ours = parseSetName(prefix, name);
    if (!ours) continue;
    const members = sets.get(ours.set) ?? new Set();
    for (const element of elements) for (const member of elementMembers(element)) members.add(member);
    sets.set(ours.set, members);
  }
  const rules = new Map<RuleId, Map<string, readonly string[]>>();
  for (const { name, lines } of listing.chains.values()) {
    const ours = parseRuleChain(prefix, name);
    if (!ours) continue;
    const chains = rules.get(ours.rule) ?? new Map<string, readonly string[]>();
    chains.set(
      name,
      lines.map(({ text }) => text),
    );
    rules.set(ours.rule, chains);
  }
  const packets = new Map([...listing.counters].map(([name, counter]) => [name, counter.packets]));
  return { sets, rules, packets };
}

/** How things are called: by their text where it is known, else by their id. */
export interface Names {
  rule(id: RuleId): string;
  set(id: SetId): string;
}

export function tellDifference(before: BorderPicture, after: BorderPicture, names: Names): readonly string[] {
  const lines: string[] = [];
  for (const [id, members] of after.sets) {
    const old = before.sets.get(id);
    const added = [...members].filter((member) => !old?.has(member)).map(short);
    const removed = [...(old ?? [])].filter((member) => !members.has(member)).map(short);
    if (!old) lines.push(`new set: ${names.set(id)} = ${some(added) || 'empty'}`);
    else if (added.length + removed.length > 0)
      lines.push(
        `set ${names.set(id)}: ${[...(added.length ? [`+ ${some(added)}`] : []), ...(removed.length ? [`- ${some(removed)}`] : [])].join(' ')}`,
      );
  }
  for (const id of before.sets.keys()) if (!after.sets.has(id)) lines.push(`set gone: ${names.set(id)}`);
  for (const [id, chains] of after.rules) {
    const old = before.rules.get(id);
    if (!old) lines.push(`new rule: ${names.rule(id)}`);
    else if ([...chains.keys()].some((name) => !old.has(name))) lines.push(`rule written anew: ${names.rule(id)}`);
  }
  for (const id of before.rules.keys()) if (!after.rules.has(id)) lines.push(`rule gone: ${names.rule(id)}`);
  return lines;
}

const short = (member: string) => member.replace(/\/(32|128)$/, '');

/** Looks every `everyMs` until stopped. `list` gives `nft -j list` of our table, or undefined while there is none. */
export class BorderWatch {
  picture: BorderPicture = NOTHING_YET;
  /** performance.now() of the last difference */
  changedAt = performance.now();
  readonly #stop = new AbortController();
  readonly #loop: Promise<void>;

  constructor(
    list: () => Promise<string | undefined>,
    prefix: string,
    tell: (before: BorderPicture, after: BorderPicture) => void,
    everyMs = 100,
  ) {
    const look = async () => {
      const listed = await list();
      const next = listed === undefined ? NOTHING_YET : pictureOf(parseListing(listed), prefix);
      if (tellDifference(this.picture, next, { rule: (id) => id, set: (id) => id }).length === 0) {
        this.picture = next;
        return;
      }
      this.changedAt = performance.now();
      tell(this.picture, next);
      this.picture = next;
    };
    this.#loop = (async () => {
      while (!this.#stop.signal.aborted) {
        await look();
        await sleep(everyMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    })();
    this.#loop.catch(() => undefined);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#loop;
  }
}
