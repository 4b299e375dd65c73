/** Carrying out one step, and asking after its job. Errors become outcomes here. */
import type { Member, SetId } from '../../rulebook/types.ts';
import type { Desired, ExecuteContext, Json, Outcome, Step } from '../contract.ts';
import { Commits } from './commit.ts';
import type { PaloAltoManager, PanosDevice } from './device.ts';
import { failed, panosError } from './errors.ts';
import type { Locks } from './locks.ts';
import { applyChanges, familyOf, isRegistrable, readTags, type TagChange, targetsOf } from './members.ts';
import { groupName } from './naming.ts';
import type { Payload } from './native.ts';
import { type Place, placeOf } from './place.ts';
import { Candidate } from './stage.ts';

export class Executor {
  readonly #device: PanosDevice;
  readonly #manager: PaloAltoManager;
  readonly #candidate: Candidate;
  readonly #commits: Commits;

  constructor(device: PanosDevice, manager: PaloAltoManager, locks: Locks) {
    this.#device = device;
    this.#manager = manager;
    this.#candidate = new Candidate(device, locks);
    this.#commits = new Commits(device, manager, this.#candidate, locks);
  }

  async execute(step: Step, context: ExecuteContext): Promise<Outcome> {
    const desired = context.desired.get(step.firewall);
    if (!desired) return failed(panosError('CEXT_PANOS_STAGING_CONFLICT', `the firewall ${step.firewall} is not wanted any more`));
    const place = placeOf(this.#manager, desired.settings);
    const payload = step.payload as unknown as Payload;
    try {
      switch (payload.kind) {
        case 'sync':
        case 'drain':
          return await this.#sync(payload.sets, payload.kind === 'drain', desired, place, context.deadlineMs);
        case 'delta':
          return await this.#delta(payload, desired, place, context.deadlineMs);
        case 'stage':
          return await this.#candidate.stage(payload, desired, place);
        case 'commit':
          return await this.#commits.commit(payload, desired, place);
      }
    } catch (error) {
      return failed(error);
    }
  }

  poll(job: Json, context: ExecuteContext): Promise<Outcome> {
    return this.#commits.poll(job, context);
  }

  async #sync(sets: readonly SetId[], drain: boolean, desired: Desired, place: Place, deadlineMs: number): Promise<Outcome> {
    const prefix = desired.settings.prefix;
    let wrote = 0;
    for (const target of targetsOf(place)) {
      const added: TagChange[] = [];
      const removed: TagChange[] = [];
      const every = sets.length > 4 ? await readTags(this.#device, place, target, prefix, undefined) : undefined;
      for (const set of sets) {
        for (const family of [4, 6] as const) {
          const tag = groupName(prefix, set, family);
          const have = (every ?? (await readTags(this.#device, place, target, prefix, tag))).get(tag) ?? new Set<Member>();
          const want = drain ? undefined : desired.members.members(set);
          if (want)
            for (const member of want)
              if (familyOf(member) === family && !have.has(member) && isRegistrable(member)) added.push({ tag, member });
          for (const member of have) if (!want?.has(member)) removed.push({ tag, member });
        }
      }
      const done = await applyChanges(this.#device, place, prefix, target, added, removed, deadlineMs);
      wrote += done.wrote;
      // whatever was written is found there next time: the progress needs no memory
      if (!done.finished) return { kind: 'again', progress: {}, wrote };
    }
    return { kind: 'done', wrote };
  }

  async #delta(payload: Extract<Payload, { kind: 'delta' }>, desired: Desired, place: Place, deadlineMs: number): Promise<Outcome> {
    const prefix = desired.settings.prefix;
    const tagged = (pick: (one: (typeof payload.changes)[number]) => readonly Member[]) =>
      payload.changes.flatMap((one) =>
        pick(one)
          .filter(isRegistrable)
          .map((member) => ({ tag: groupName(prefix, one.set, familyOf(member)), member })),
      );
    let wrote = 0;
    for (const target of targetsOf(place)) {
      const done = await applyChanges(
        this.#device,
        place,
        prefix,
        target,
        tagged((one) => one.added),
        tagged((one) => one.removed),
        deadlineMs,
      );
      wrote += done.wrote;
      if (!done.finished) return { kind: 'again', progress: {}, wrote };
    }
    return { kind: 'done', wrote };
  }
}
