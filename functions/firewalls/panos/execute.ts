/** Carrying out one step, and asking after its job. Errors become outcomes here; what the device says in words is read in one place. */
import { CextError } from '../../errors.ts';
import type { Member, SetId } from '../../rulebook/types.ts';
import type { Desired, ExecuteContext, Json, Outcome, Step } from '../contract.ts';
import type { Answer, PaloAltoManager, PanosDevice } from './device.ts';
import { failureOf, panosError } from './errors.ts';
import { applyChanges, familyOf, isRegistrable, readTags, type TagChange, targetsOf } from './members.ts';
import { groupName, markerOf } from './naming.ts';
import { groupOperation, type NatGroup, natAddresses, natAddressObject, nothingObject } from './nat-groups.ts';
import type { Payload } from './native.ts';
import { contentXml, keyOf } from './objects.ts';
import { elementOf, type Operation, operationsBetween } from './operations.ts';
import { entryOf, type Place, placeOf } from './place.ts';
import { readPlace } from './reading.ts';
import { stands } from './work.ts';
import { allText, at, entriesOf, escapeXml, texts } from './xml.ts';

interface CommitJob {
  readonly job: string;
  readonly what: 'commit' | 'push';
  readonly firewall: string;
  readonly push: boolean;
  readonly text: string;
  /** the push brings this template along */
  readonly template?: string;
}

const POLL_MS = 5_000;

/** Words of the device that mean "somebody is at it" (reference B1.4). */
const BUSY =
  /(another commit|commit\/validate is in progress|commit is in progress|commit is pending|install is in progress|another sync is in progress|configuration is locked by|is currently locked|commit lock is already held|transaction is refused)/i;
const HOLDER = /(?:locked by|held by)\s+(?:admin\s+)?(\S+)/i;

export class Executor {
  readonly #device: PanosDevice;
  readonly #manager: PaloAltoManager;

  constructor(device: PanosDevice, manager: PaloAltoManager) {
    this.#device = device;
    this.#manager = manager;
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
          return await this.#stage(payload, desired, place);
        case 'commit':
          return await this.#commit(payload, desired, place);
      }
    } catch (error) {
      return failed(error);
    }
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

  async #stage(payload: Extract<Payload, { kind: 'stage' }>, desired: Desired, place: Place): Promise<Outcome> {
    const prefix = desired.settings.prefix;
    if (payload.lock) {
      const blocked = await this.#lockCommits(desired.firewall);
      if (blocked) return blocked;
    }
    const groups: Operation[] = [];
    for (const group of payload.groups) groups.push(...(await this.#groupOperations(desired, place, group)));
    // the marker first: every other object names it; groups before the rules that name them, and before addresses that leave them
    const head = payload.operations.filter((one) => one.do !== 'delete' && ['tag', 'address'].includes(one.table));
    const rest = payload.operations.filter((one) => !head.includes(one));
    let operations = [...head, ...groups, ...rest];
    if (this.#device.user === undefined)
      operations = [markerOperation(prefix), ...operations.filter((one) => one.table !== 'tag' || one.do === 'delete')];
    if (operations.length === 0) return { kind: 'done', wrote: 0 };
    // a move to where a rule stands already fails the batch (code 14): it is left out and the batch sent again
    for (let attempt = 0; attempt < 50; attempt++) {
      const elements = operations.map((one, index) => elementOf(one, place, prefix, index + 1));
      const answer = await this.#device.call({
        type: 'config',
        action: 'multi-config',
        element: `<multi-configure-request>${elements.join('')}</multi-configure-request>`,
      });
      if (answer.ok) {
        await this.#learnUser(place, prefix);
        return { kind: 'done', wrote: 1 };
      }
      const bad = answer.root.children.find((one) => one.name === 'response' && one.attributes.status === 'error');
      const index = Number(bad?.attributes.id) - 1;
      const which = operations[index];
      const code = bad?.attributes.code ?? answer.code;
      const text = allText(bad) || answer.text;
      if (code === '14' && which?.do === 'move') operations = operations.filter((one) => one !== which);
      else if (code === '7' && which?.do === 'delete') operations = operations.filter((one) => one !== which);
      else return await this.#refusal(answer, which, text, code);
      if (operations.length === 0) return { kind: 'done', wrote: 0 };
    }
    return failed(panosError('CEXT_PANOS_STAGING_CONFLICT', 'the order of the rules is not as it was read'));
  }

  async #refusal(answer: Answer, which: Operation | undefined, text: string, code: string): Promise<Outcome> {
    const what = which ? `${which.do} of ${which.table} ${which.name}: ` : '';
    if (BUSY.test(text) || BUSY.test(answer.text)) return this.#blocked(text || answer.text);
    if (/no such node/i.test(text) || code === '7' || code === '8' || code === '14')
      return failed(panosError('CEXT_PANOS_STAGING_CONFLICT', `${what}${text}`));
    if (['2', '3', '4', '5', '11', '21'].includes(code))
      return { kind: 'unknown', why: failureOf(panosError('CEXT_PANOS_INTERNAL', `${what}${text}`)) };
    return failed(panosError('CEXT_PANOS_REFUSED', `${what}${text || `code ${code}`}`));
  }

  /** Addresses and content of a static group, from the members of now. */
  async #groupOperations(desired: Desired, place: Place, group: NatGroup): Promise<Operation[]> {
    const { prefix } = desired.settings;
    const answer = await this.#device.call({ type: 'config', action: 'get', xpath: entryOf(place, 'address-group', group.name) });
    if (!answer.ok) throw panosError('CEXT_PANOS_REFUSED', `reading group ${group.name}: ${answer.text}`);
    const entry = entriesOf(answer.root, 'result')[0];
    const there = new Set(texts(entry, 'static'));
    if (entry && !texts(entry, 'tag').includes(markerOf(prefix)))
      throw panosError('CEXT_PANOS_NOT_OURS', `the group ${group.name} does not carry our marker`);
    const wanted = natAddresses(group, desired.members).map((text) => natAddressObject(prefix, text));
    const needed = (wanted.length > 0 ? wanted : [nothingObject(prefix)]).filter(({ name }) => !there.has(name));
    const addresses = needed.map((object): Operation => ({ do: 'set', table: 'address', name: object.name, xml: contentXml(object) }));
    return [...addresses, groupOperation(prefix, group, desired.members, entry !== undefined)];
  }

  /** A bare key does not tell whose it is: the mark on what we just staged does. */
  async #learnUser(place: Place, prefix: string): Promise<void> {
    if (this.#device.user !== undefined) return;
    const answer = await this.#device.call({ type: 'config', action: 'get', xpath: entryOf(place, 'tag', markerOf(prefix)) });
    const user = entriesOf(answer.root, 'result')[0]?.attributes.admin;
    if (user !== undefined) this.#device.learnUser(user);
  }

  async #lockCommits(firewall: string): Promise<Outcome | undefined> {
    const answer = await this.#device.call({
      type: 'op',
      cmd: `<request><commit-lock><add><comment>cextfire ${escapeXml(firewall)} stages in parts</comment></add></commit-lock></request>`,
    });
    if (answer.ok) return undefined;
    const holder = HOLDER.exec(answer.text)?.[1];
    if (holder !== undefined && holder === this.#device.user) return undefined;
    return BUSY.test(answer.text) ? this.#blocked(answer.text) : failed(panosError('CEXT_PANOS_REFUSED', `commit lock: ${answer.text}`));
  }

  async #unlockCommits(): Promise<void> {
    await this.#device.call({ type: 'op', cmd: '<request><commit-lock><remove/></commit-lock></request>' }).catch(() => undefined);
  }

  /** Who, what, since: from the lock itself where there is one. */
  async #blocked(text: string): Promise<Outcome> {
    const lock = (await this.locks().catch(() => [])).find((one) => one.who !== this.#device.user);
    if (lock) return { kind: 'blocked', ...lock };
    return { kind: 'blocked', who: HOLDER.exec(text)?.[1] ?? 'the device', what: text.slice(0, 300) };
  }

  /** Locks of anybody. */
  async locks(): Promise<{ who: string; what: string; since?: string }[]> {
    const out: { who: string; what: string; since?: string }[] = [];
    for (const kind of ['config', 'commit']) {
      const answer = await this.#device.call({ type: 'op', cmd: `<show><${kind}-locks/></show>` });
      if (!answer.ok) throw panosError('CEXT_PANOS_REFUSED', `reading ${kind} locks: ${answer.text}`);
      const result = at(answer.root, 'result');
      if (!result || (result.children.length > 0 && !at(result, `${kind}-locks`))) {
        throw panosError('CEXT_PANOS_ANSWER_NOT_UNDERSTOOD', `the answer about ${kind} locks is something else`);
      }
      for (const entry of entriesOf(answer.root, 'result', `${kind}-locks`)) {
        const since = isoTime(at(entry, 'created')?.text);
        const comment = at(entry, 'comment')?.text;
        out.push({
          who: entry.attributes.name ?? 'unknown',
          what: `${kind} lock${comment ? `: ${comment}` : ''}`,
          ...(since === undefined ? {} : { since }),
        });
      }
    }
    return out;
  }

  async #commit(payload: Extract<Payload, { kind: 'commit' }>, desired: Desired, place: Place): Promise<Outcome> {
    await this.#needUser(place, desired.settings.prefix);
    const user = this.#device.user;
    if (user === undefined)
      return failed(panosError('CEXT_PANOS_SECRET_UNREADABLE', 'whose key it is cannot be found out; store {"user": ..., "apiKey": ...}'));
    // never a full commit, never force: only what our own account changed (reference B1.8)
    const scope =
      place.deviceGroup === undefined
        ? '<device-and-network>excluded</device-and-network><shared-object>excluded</shared-object>'
        : `<device-group><member>${escapeXml(place.deviceGroup)}</member></device-group><device-and-network>excluded</device-and-network><shared-object>excluded</shared-object>`;
    const cmd = `<commit><description>${escapeXml(payload.text.slice(0, 500))}</description><partial><admin><member>${escapeXml(user)}</member></admin>${scope}</partial></commit>`;
    const answer = await this.#device.call({ type: 'commit', action: 'partial', cmd });
    const job = at(answer.root, 'result', 'job')?.text;
    const next: Omit<CommitJob, 'job' | 'what'> = {
      firewall: desired.firewall,
      push: payload.push,
      text: payload.text,
      ...(payload.template === undefined ? {} : { template: payload.template }),
    };
    if (answer.ok && job !== undefined && /^\d+$/.test(job))
      return { kind: 'running', job: { ...next, job, what: 'commit' }, pollAfterMs: POLL_MS };
    const text = allText(answer.root);
    if (answer.ok && /no changes to commit/i.test(text)) {
      const lost = await this.#lost(desired, place);
      if (lost) return lost;
      return payload.push ? this.#push(next, desired, place) : { kind: 'done', wrote: 0, note: 'it runs already' };
    }
    if (BUSY.test(text)) return this.#blocked(text);
    if (answer.ok)
      return {
        kind: 'unknown',
        why: failureOf(panosError('CEXT_PANOS_ANSWER_NOT_UNDERSTOOD', `commit: no job in "${text.slice(0, 200)}"`)),
      };
    return ['2', '3', '4', '5', '11', '21'].includes(answer.code)
      ? { kind: 'unknown', why: failureOf(panosError('CEXT_PANOS_INTERNAL', `commit: ${text}`)) }
      : failed(panosError('CEXT_PANOS_REFUSED', `commit: ${text || `code ${answer.code}`}`));
  }

  /** Nothing to commit is done only where it runs: a restart or an administrator's revert may have taken what was staged. */
  async #lost(desired: Desired, place: Place): Promise<Outcome | undefined> {
    const answer = await this.#device.call({ type: 'config', action: 'show', xpath: place.root ?? '' });
    const running = entriesOf(answer.root, 'result')[0];
    if (running && stands(readPlace(running, place, desired.settings.prefix), desired)) return undefined;
    const message = 'there was nothing to commit, and what was staged does not run: the candidate was dropped (a restart, a revert)';
    return failed(panosError('CEXT_PANOS_STAGING_CONFLICT', message));
  }

  async #needUser(place: Place, prefix: string): Promise<void> {
    if (this.#device.user !== undefined) return;
    await this.#learnUser(place, prefix);
    if (this.#device.user !== undefined) return;
    const element = elementOf(markerOperation(prefix), place, prefix, 1);
    await this.#device.call({
      type: 'config',
      action: 'multi-config',
      element: `<multi-configure-request>${element}</multi-configure-request>`,
    });
    await this.#learnUser(place, prefix);
  }

  /** The running configuration of Panorama to the firewalls of our group, and to no others; local candidates are not merged in. */
  async #push(next: Omit<CommitJob, 'job' | 'what'>, desired: Desired, place: Place): Promise<Outcome> {
    const devices =
      place.serials.length === 0
        ? ''
        : `<devices>${place.serials.map((serial) => `<entry name="${escapeXml(serial)}"/>`).join('')}</devices>`;
    const cmd =
      `<commit-all><shared-policy><device-group><entry name="${escapeXml(place.deviceGroup ?? '')}">${devices}</entry></device-group><description>${escapeXml(next.text)}</description>` +
      `<include-template>${next.template === undefined ? 'no' : 'yes'}</include-template><force-template-values>no</force-template-values><merge-with-candidate-cfg>no</merge-with-candidate-cfg></shared-policy></commit-all>`;
    const answer = await this.#device.call({ type: 'commit', action: 'all', cmd });
    const job = at(answer.root, 'result', 'job')?.text;
    const text = allText(answer.root);
    if (answer.ok && job !== undefined && /^\d+$/.test(job))
      return { kind: 'running', job: { ...next, job, what: 'push' }, pollAfterMs: POLL_MS };
    if (BUSY.test(text)) return this.#blocked(text);
    return failed(panosError('CEXT_PANOS_REFUSED', `push to ${desired.settings.placement.deviceGroup}: ${text || `code ${answer.code}`}`));
  }

  async poll(json: Json, context: ExecuteContext): Promise<Outcome> {
    const job = json as unknown as CommitJob;
    const desired = context.desired.get(job.firewall);
    try {
      const answer = await this.#device.call({ type: 'op', cmd: `<show><jobs><id>${job.job}</id></jobs></show>` });
      const node = at(answer.root, 'result', 'job');
      // a reboot forgets jobs: what became of it is read from the configuration
      if (!answer.ok || !node)
        return {
          kind: 'unknown',
          why: failureOf(panosError('CEXT_PANOS_UNKNOWN_EFFECT', `job ${job.job}: ${answer.text || 'not known to the device'}`)),
        };
      const [status, outcome] = [at(node, 'status')?.text, at(node, 'result')?.text];
      if (status !== 'FIN') {
        if (status !== 'PEND' && status !== 'ACT')
          throw panosError('CEXT_PANOS_ANSWER_NOT_UNDERSTOOD', `job ${job.job} has status "${status}"`);
        return { kind: 'running', job: json, pollAfterMs: POLL_MS };
      }
      const lines = allText(at(node, 'details'));
      const devices = entriesOf(node, 'devices').filter((one) => at(one, 'result')?.text !== 'OK');
      const peerOnly = /failed to synchronize running configuration with ha peer/i.test(lines);
      if (outcome === 'OK' && devices.length === 0) {
        if (job.what === 'commit' && job.push && desired) return await this.#push(job, desired, placeOf(this.#manager, desired.settings));
        const warnings = allText(at(node, 'warnings'));
        return { kind: 'done', wrote: 1, ...(warnings || peerOnly ? { note: (warnings || lines).slice(0, 1000) } : {}) };
      }
      if (peerOnly) return { kind: 'done', wrote: 1, note: lines.slice(0, 1000) };
      const which = devices
        .map((one) => `${at(one, 'devicename')?.text ?? ''} (${at(one, 'serial-no')?.text ?? ''}): ${allText(at(one, 'details'))}`)
        .join('; ');
      if (job.what === 'commit' && desired) await this.#takeBack(desired);
      return failed(panosError('CEXT_PANOS_COMMIT_FAILED', `${job.what} job ${job.job}: ${which || lines || 'no reason given'}`));
    } catch (error) {
      return failed(error);
    }
  }

  /** After a failed commit our rows in the candidate become what runs again: they must not fail an administrator's commit too. */
  async #takeBack(desired: Desired): Promise<void> {
    const place = placeOf(this.#manager, desired.settings);
    const prefix = desired.settings.prefix;
    if (place.root === undefined) return;
    const [candidate, running] = [
      await this.#device.call({ type: 'config', action: 'get', xpath: place.root }),
      await this.#device.call({ type: 'config', action: 'show', xpath: place.root }),
    ];
    const [have, want] = [entriesOf(candidate.root, 'result')[0], entriesOf(running.root, 'result')[0]];
    if (!candidate.ok || !running.ok || !have || !want) return;
    const [reading, target] = [readPlace(have, place, prefix), readPlace(want, place, prefix)];
    const ours = (table: 'security' | 'nat') => target.order[table].filter((name) => target.objects.has(keyOf(table, name)));
    const before = (table: 'security' | 'nat') => {
      const index = target.order[table].findIndex((name) => target.objects.has(keyOf(table, name)));
      return index < 0 ? 0 : index;
    };
    const plain = operationsBetween(
      reading,
      { objects: target.objects, order: { security: ours('security'), nat: ours('nat') } },
      { security: before('security'), nat: before('nat') },
      (object) => target.groupMembers.has(object.name),
    );
    const groups = [...target.groupMembers].flatMap(([name, members]): Operation[] => {
      const object = target.objects.get(keyOf('address-group', name));
      const now = reading.groupMembers.get(name);
      if (!object || now?.join() === members.join()) return [];
      const xml = `<static>${members.map((one) => `<member>${escapeXml(one)}</member>`).join('')}</static>${contentXml(object)}`;
      return [now ? { do: 'edit', table: 'address-group', name, xml, had: true } : { do: 'set', table: 'address-group', name, xml }];
    });
    const head = plain.filter((one) => one.do !== 'delete' && ['tag', 'address'].includes(one.table));
    const operations = [...head, ...groups, ...plain.filter((one) => !head.includes(one))];
    for (let from = 0; from < operations.length; from += 500) {
      const elements = operations.slice(from, from + 500).map((one, index) => elementOf(one, place, prefix, index + 1));
      await this.#device.call({
        type: 'config',
        action: 'multi-config',
        element: `<multi-configure-request>${elements.join('')}</multi-configure-request>`,
      });
    }
    await this.#unlockCommits();
  }
}

const markerOperation = (prefix: string): Operation => ({
  do: 'set',
  table: 'tag',
  name: markerOf(prefix),
  // changes with every batch, so that the mark on it is ours
  xml: `<comments>Everything with this tag is written by cextfire (${Date.now()})</comments>`,
});

function failed(error: unknown): Outcome {
  const why = failureOf(error);
  return error instanceof CextError && why.retry === 'verify' ? { kind: 'unknown', why } : { kind: 'failed', why };
}

/** "2026/01/15 08:00:00" -> ISO. The device does not say its time zone. */
function isoTime(text: string | undefined): string | undefined {
  const match = /^(\d{4})[/-](\d{2})[/-](\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(text ?? '');
  return match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}Z` : undefined;
}
