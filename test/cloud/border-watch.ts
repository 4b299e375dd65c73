/** What stands on a firewall, looked at again and again, and every difference in words. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RuleId, SetId } from '../../functions/rulebook/types.ts';
import { some } from '../../functions/rulebook/words.ts';

/** Our part of a device: sets with members, rules with what the device calls them and how it prints them. */
export interface BorderPicture {
  readonly sets: ReadonlyMap<SetId, ReadonlySet<string>>;
  /** rule -> what carries it on the device (a filter chain and a translating one; a security rule and a NAT rule) -> its lines */
  readonly rules: ReadonlyMap<RuleId, ReadonlyMap<string, readonly string[]>>;
}

export const NOTHING_YET: BorderPicture = { sets: new Map(), rules: new Map() };

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
    else if ([...chains].some(([name, text]) => text.join() !== old.get(name)?.join())) lines.push(`rule changed: ${names.rule(id)}`);
  }
  for (const id of before.rules.keys()) if (!after.rules.has(id)) lines.push(`rule gone: ${names.rule(id)}`);
  return lines;
}

const short = (member: string) => member.replace(/\/(32|128)$/, '');

/** Looks every `everyMs` until stopped. */
export class BorderWatch {
  picture: BorderPicture = NOTHING_YET;
  /** performance.now() of the last difference */
  changedAt = performance.now();
  readonly #stop = new AbortController();
  readonly #loop: Promise<void>;

  constructor(picture: () => Promise<BorderPicture>, tell: (before: BorderPicture, after: BorderPicture) => void, everyMs = 100) {
    const look = async () => {
      const next = await picture();
      // What is seen after the end was asked for may be a firewall that is going down itself.
      if (this.#stop.signal.aborted) return;
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
