/** The candidate: what a batch writes into it, whose account that was, and taking ours back out of it. */
import type { Desired, Outcome } from '../contract.ts';
import type { Answer, PanosDevice } from './device.ts';
import { failed, failureOf, panosError } from './errors.ts';
import { isBusy, type Locks } from './locks.ts';
import { markerOf } from './naming.ts';
import { groupOperation, type NatGroup, natAddresses, natAddressObject, nothingObject } from './nat-groups.ts';
import type { Payload } from './native.ts';
import { contentXml, keyOf } from './objects.ts';
import { elementOf, type Operation, operationsBetween } from './operations.ts';
import { entryOf, type Place } from './place.ts';
import { readPlace } from './reading.ts';
import { allText, entriesOf, escapeXml, texts } from './xml.ts';

/** Operations of one batch when we take ours back. */
const BATCH = 500;

export class Candidate {
  readonly #device: PanosDevice;
  readonly #locks: Locks;

  constructor(device: PanosDevice, locks: Locks) {
    this.#device = device;
    this.#locks = locks;
  }

  /** One batch. */
  async stage(payload: Extract<Payload, { kind: 'stage' }>, desired: Desired, place: Place): Promise<Outcome> {
    const prefix = desired.settings.prefix;
    if (payload.lock) {
      const blocked = await this.#locks.lockCommits(desired.firewall);
      if (blocked) return blocked;
    }
    const groups: Operation[] = [];
    for (const group of payload.groups) groups.push(...(await this.#groupOperations(desired, place, group)));
    let operations = inOrder(payload.operations, groups);
    if (this.#device.user === undefined)
      operations = [markerOperation(prefix), ...operations.filter((one) => one.table !== 'tag' || one.do === 'delete')];
    if (operations.length === 0) return { kind: 'done', wrote: 0 };
    // a move to where a rule stands already fails the batch (code 14): it is left out and the batch sent again
    for (let attempt = 0; attempt < 50; attempt++) {
      const answer = await this.#send(operations, place, prefix);
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

  /** One request: the operations are done in order, numbered from 1. */
  #send(operations: readonly Operation[], place: Place, prefix: string): Promise<Answer> {
    const elements = operations.map((one, index) => elementOf(one, place, prefix, index + 1));
    const element = `<multi-configure-request>${elements.join('')}</multi-configure-request>`;
    return this.#device.call({ type: 'config', action: 'multi-config', element });
  }

  async #refusal(answer: Answer, which: Operation | undefined, text: string, code: string): Promise<Outcome> {
    const what = which ? `${which.do} of ${which.table} ${which.name}: ` : '';
    if (isBusy(text) || isBusy(answer.text)) return this.#locks.blocked(text || answer.text);
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

  /** The account of a bare key, found by a mark of ours where it is not known yet. */
  async needUser(place: Place, prefix: string): Promise<void> {
    if (this.#device.user !== undefined) return;
    await this.#learnUser(place, prefix);
    if (this.#device.user !== undefined) return;
    await this.#send([markerOperation(prefix)], place, prefix);
    await this.#learnUser(place, prefix);
  }

  /** After a failed commit our rows in the candidate become what runs again: they must not fail an administrator's commit too. */
  async takeBack(desired: Desired, place: Place): Promise<void> {
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
    const operations = inOrder(plain, groups);
    for (let from = 0; from < operations.length; from += BATCH) await this.#send(operations.slice(from, from + BATCH), place, prefix);
    await this.#locks.unlockCommits();
  }
}

/** The marker first: every other object names it; groups before the rules that name them, and before addresses that leave them. */
function inOrder(operations: readonly Operation[], groups: readonly Operation[]): Operation[] {
  const isHead = (one: Operation) => one.do !== 'delete' && ['tag', 'address'].includes(one.table);
  return [...operations.filter(isHead), ...groups, ...operations.filter((one) => !isHead(one))];
}

const markerOperation = (prefix: string): Operation => ({
  do: 'set',
  table: 'tag',
  name: markerOf(prefix),
  // changes with every batch, so that the mark on it is ours
  xml: `<comments>Everything with this tag is written by cextfire (${Date.now()})</comments>`,
});
