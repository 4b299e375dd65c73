/** Executes steps: every transaction passes the gate and carries the fence, so that a stale lease holder changes nothing. */
import { CextError } from '../../errors.ts';
import type { SetDefinition, SetId } from '../../rulebook/types.ts';
import type { Desired, ExecuteContext, Outcome, StepLane } from '../contract.ts';
import { type Box, NftRefusal, refusalOf } from './box.ts';
import { failureOf, linuxError } from './errors.ts';
import { assertOurs } from './gate.ts';
import { pairs, parseListing } from './listing.ts';
import { disjointPrefixes, elementOf } from './members.ts';
import { setSpecs } from './model.ts';
import { pairOf, setName } from './naming.ts';
import { declareLines, type Payload, prepareLines, setMark } from './plan.ts';

/** Elements, or lines, a transaction. Every call of nft reads the table anew, so few long ones: 100,000 elements in 0.6 s instead of 5. */
const LONG = 10_000;
/** The same on a box that has said "too long": without all rights of the first namespace the socket of nft takes 2,000 to 4,000. */
const SHORT = 1000;
const ELEMENTS_PER_LINE = 250;
/** An interval set up to this size is rewritten whole in one transaction; nft reads all of an interval set to change one element anyway. */
const REWRITE = 1000;

interface FillProgress {
  readonly at: number;
  readonly done: number;
  readonly digest: string;
}

export class Executor {
  readonly #box: Box;
  /** last fencing numbers known to stand in a table */
  readonly #fences = new Map<string, bigint>();
  #chunk = LONG;

  constructor(box: Box) {
    this.#box = box;
  }

  async execute(payload: Payload, desired: Desired, context: ExecuteContext): Promise<Outcome> {
    try {
      return await this.#execute(payload, desired, context);
    } catch (error) {
      if (!(error instanceof CextError)) throw error;
      if (error.code === 'CEXT_LINUX_CONNECTION_LOST') return { kind: 'unknown', why: failureOf(error) };
      return { kind: 'failed', why: failureOf(error) };
    }
  }

  async #execute(payload: Payload, desired: Desired, context: ExecuteContext): Promise<Outcome> {
    switch (payload.kind) {
      case 'prepare':
        return this.#prepare(payload.table, desired, context);
      case 'fill':
        return this.#fill(payload.table, payload.sets, desired, context);
      case 'script':
        return this.#script(payload.table, payload.groups, desired, context);
      case 'switch':
        return this.#switch(payload, desired, context);
      case 'members':
        return this.#members(payload, desired, context);
      case 'save': {
        const { code, stderr } = await this.#box.run('save', payload.table);
        if (code !== 0) throw refusalOf(code === 1 ? 73 : code, stderr, { manager: desired.settings.manager });
        return { kind: 'done', wrote: 0 };
      }
    }
  }

  async #prepare(table: string, desired: Desired, context: ExecuteContext): Promise<Outcome> {
    const lines = prepareLines(table);
    assertOurs(table, desired.settings.prefix, lines);
    try {
      await this.#box.apply(table, lines, context.deadlineMs);
    } catch (error) {
      if (!(error instanceof NftRefusal) || error.code !== 'CEXT_LINUX_DRIFT') throw error;
      await this.#readState(table, 'structure', desired);
      return { kind: 'done', wrote: 0 };
    }
    this.#fences.clear();
    return { kind: 'done', wrote: 1 };
  }

  /** @throws CEXT_LINUX_DRIFT when the table or its state sets are gone. */
  async #readState(table: string, lane: StepLane, desired: Desired): Promise<{ fence: bigint; revision: bigint }> {
    const { code, stdout, stderr } = await this.#box.run('fence', table);
    if (code !== 0) throw refusalOf(code, stderr, { manager: desired.settings.manager });
    const { sets } = parseListing(stdout);
    const fence = pairs(sets.get(`fence_${lane}`))[0];
    if (fence === undefined) throw linuxError('CEXT_LINUX_DRIFT', `the fence of table ${table} is gone`, { firewall: desired.firewall });
    return { fence, revision: pairs(sets.get('revision'))[0] ?? -1n };
  }

  /** One transaction under the fence of the lease. */
  async #transact(table: string, lines: readonly string[], desired: Desired, context: ExecuteContext): Promise<void> {
    const { lane, number } = context.fence;
    assertOurs(table, desired.settings.prefix, lines);
    const mine = BigInt(number);
    const key = `${table} ${lane}`;
    for (let attempt = 0; ; attempt++) {
      const known = this.#fences.get(key) ?? (await this.#readState(table, lane, desired)).fence;
      if (known > mine)
        throw linuxError('CEXT_LINUX_STALE_LEASE', `${desired.firewall}: lease ${mine} (${lane}) is stale, ${known} has written since`, {
          firewall: desired.firewall,
        });
      const fence = [
        `delete element inet ${table} fence_${lane} { ${pairOf(known)} }`,
        `add element inet ${table} fence_${lane} { ${pairOf(mine)} }`,
      ];
      try {
        await this.#box.apply(table, [...fence, ...lines], context.deadlineMs);
        this.#fences.set(key, mine);
        return;
      } catch (error) {
        // Our knowledge of the fence was old: read it once, then it decides.
        this.#fences.delete(key);
        if (error instanceof NftRefusal && error.code === 'CEXT_LINUX_DRIFT' && error.line === 1 && attempt === 0) continue;
        throw error;
      }
    }
  }

  /** The same for lines that may also go one after the other: halves where nft says that it is too long. Returns the transactions made. */
  async #transactInParts(table: string, lines: readonly string[], desired: Desired, context: ExecuteContext): Promise<number> {
    try {
      await this.#transact(table, lines, desired, context);
      return 1;
    } catch (error) {
      if (!(error instanceof NftRefusal) || error.code !== 'CEXT_LINUX_TOO_LONG' || lines.length < 2) throw error;
      const half = lines.length >> 1;
      this.#chunk = SHORT;
      const first = await this.#transactInParts(table, lines.slice(0, half), desired, context);
      return first + (await this.#transactInParts(table, lines.slice(half), desired, context));
    }
  }

  async #script(table: string, groups: readonly (readonly string[])[], desired: Desired, context: ExecuteContext): Promise<Outcome> {
    let at = typeof context.progress === 'number' ? context.progress : 0;
    let wrote = 0;
    while (at < groups.length) {
      const lines: string[] = [];
      while (at < groups.length && (lines.length === 0 || lines.length + (groups[at] as readonly string[]).length <= this.#chunk))
        lines.push(...(groups[at++] as string[]));
      wrote += await this.#transactInParts(table, lines, desired, context);
      if (at < groups.length && Date.now() >= context.deadlineMs) return { kind: 'again', progress: at, wrote };
    }
    return { kind: 'done', wrote };
  }

  async #switch(payload: Payload & { kind: 'switch' }, desired: Desired, context: ExecuteContext): Promise<Outcome> {
    const { table } = payload;
    const revision = [
      `delete element inet ${table} revision { ${pairOf(BigInt(payload.from))} }`,
      `add element inet ${table} revision { ${pairOf(BigInt(payload.to))} }`,
    ];
    try {
      await this.#transact(table, [...revision, ...fillLines(table, payload.sets, desired), ...payload.lines], desired, context);
      return { kind: 'done', wrote: 1 };
    } catch (error) {
      if (!(error instanceof NftRefusal) || error.code !== 'CEXT_LINUX_DRIFT') throw error;
      // Done by an earlier call whose answer was lost? The revision tells.
      const state = await this.#readState(table, context.fence.lane, desired);
      if (state.revision === BigInt(payload.to)) return { kind: 'done', wrote: 0 };
      throw error;
    }
  }

  async #fill(table: string, sets: readonly SetId[], desired: Desired, context: ExecuteContext): Promise<Outcome> {
    const progress = context.progress as unknown as FillProgress | undefined;
    const { prefix } = desired.settings;
    let wrote = 0;
    let lines: string[] = [];
    let count = 0;
    const flush = async () => {
      if (lines.length > 0) wrote += await this.#transactInParts(table, lines, desired, context);
      lines = [];
      count = 0;
    };
    for (let at = progress?.at ?? 0; at < sets.length; at++) {
      const set = sets[at] as SetId;
      const definition = desired.rulebook.sets.get(set);
      if (!definition) continue;
      const digest = desired.members.digest(set);
      const resumed = progress?.at === at && progress.digest === digest ? progress.done : 0;
      if (resumed === 0) lines.push(...emptySetLines(table, prefix, definition));
      const elements = elementsOf(prefix, definition, desired);
      for (let done = resumed; done < elements.length; ) {
        const part = elements.slice(done, done + Math.max(1, this.#chunk - count));
        done += part.length;
        count += part.length;
        lines.push(...elementLines('add', table, part));
        if (count < this.#chunk) continue;
        await flush();
        if (Date.now() >= context.deadlineMs) return { kind: 'again', progress: { at, done, digest }, wrote };
      }
      lines.push(`add element inet ${table} ready { ${setMark(set)} }`);
    }
    await flush();
    return { kind: 'done', wrote };
  }

  async #members(payload: Payload & { kind: 'members' }, desired: Desired, context: ExecuteContext): Promise<Outcome> {
    const { table } = payload;
    const { prefix } = desired.settings;
    const added: (readonly [string, string])[] = [];
    const removed: (readonly [string, string])[] = [];
    const lines: string[] = [];
    for (const change of payload.changes) {
      const definition = desired.rulebook.sets.get(change.set);
      if (!definition) continue;
      const intervals = new Set<4 | 6>();
      const sort = (members: readonly string[], to: (readonly [string, string])[]) => {
        for (const member of members) {
          const element = elementOf(definition.kind, member);
          if (!element) continue;
          if (element.part === 'n') intervals.add(element.family);
          else to.push([setName(prefix, change.set, element.family, element.part), element.text]);
        }
      };
      sort(change.added, added);
      sort(change.removed, removed);
      for (const family of intervals)
        lines.push(...intervalLines(table, setName(prefix, change.set, family, 'n'), family, change, desired));
    }
    // An element that is not there cannot be deleted; added and deleted in one transaction it can. So a repeated step changes nothing.
    lines.push(...elementLines('add', table, added), ...elementLines('add', table, removed), ...elementLines('delete', table, removed));
    if (lines.length === 0) return { kind: 'done', wrote: 0 };
    await this.#transact(table, lines, desired, context);
    return { kind: 'done', wrote: 1 };
  }
}

const emptySetLines = (table: string, prefix: string, definition: SetDefinition): string[] => [
  ...declareLines(table, prefix, definition),
  ...setSpecs(prefix, definition).map(({ name }) => `flush set inet ${table} ${name}`),
];

/** Declares and fills few small sets, all in one transaction. */
function fillLines(table: string, sets: readonly SetId[], desired: Desired): string[] {
  const { prefix } = desired.settings;
  return sets.flatMap((set) => {
    const definition = desired.rulebook.sets.get(set);
    if (!definition) return [];
    const elements = elementLines('add', table, elementsOf(prefix, definition, desired));
    return [...emptySetLines(table, prefix, definition), ...elements, `add element inet ${table} ready { ${setMark(set)} }`];
  });
}

function intervalLines(
  table: string,
  name: string,
  family: 4 | 6,
  change: { readonly set: SetId; readonly added: readonly string[]; readonly removed: readonly string[] },
  desired: Desired,
): string[] {
  const members = desired.members.members(change.set);
  const after = disjointPrefixes(family, members);
  if (after.length <= REWRITE)
    return [
      `flush set inet ${table} ${name}`,
      ...elementLines(
        'add',
        table,
        after.map((text) => [name, text] as const),
      ),
    ];
  const addedNow = new Set(change.added);
  const before = disjointPrefixes(family, [...[...members].filter((member) => !addedNow.has(member)), ...change.removed]);
  const stays = new Set(after);
  const stood = new Set(before);
  const out = before.filter((text) => !stays.has(text)).map((text) => [name, text] as const);
  const come = after.filter((text) => !stood.has(text)).map((text) => [name, text] as const);
  return [...elementLines('delete', table, out), ...elementLines('add', table, come)];
}

/** All elements of a set, hosts first, as [nft set, element]. */
export function elementsOf(prefix: string, definition: SetDefinition, desired: Desired): (readonly [string, string])[] {
  const members = desired.members.members(definition.id);
  const out: (readonly [string, string])[] = [];
  for (const member of members) {
    const element = elementOf(definition.kind, member);
    if (element && element.part !== 'n') out.push([setName(prefix, definition.id, element.family, element.part), element.text]);
  }
  if (definition.kind === 'addresses')
    for (const family of [4, 6] as const)
      for (const text of disjointPrefixes(family, members)) out.push([setName(prefix, definition.id, family, 'n'), text]);
  return out;
}

function elementLines(verb: 'add' | 'delete', table: string, elements: readonly (readonly [string, string])[]): string[] {
  const bySet = new Map<string, string[]>();
  for (const [name, text] of elements) {
    const list = bySet.get(name);
    if (list) list.push(text);
    else bySet.set(name, [text]);
  }
  const lines: string[] = [];
  for (const [name, texts] of bySet)
    for (let at = 0; at < texts.length; at += ELEMENTS_PER_LINE)
      lines.push(`${verb} element inet ${table} ${name} { ${texts.slice(at, at + ELEMENTS_PER_LINE).join(', ')} }`);
  return lines;
}
