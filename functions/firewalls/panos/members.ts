/** The fast lane: registered addresses and their tags, no commit (reference B1.10). */
import { CextError } from '../../errors.ts';
import type { Family } from '../../packets/address.ts';
import type { Member, SetId } from '../../rulebook/types.ts';
import type { Answer, PanosDevice } from './device.ts';
import { panosError } from './errors.ts';
import { groupName, setOfGroup } from './naming.ts';
import type { Place } from './place.ts';
import { allText, at, entriesOf, escapeXml } from './xml.ts';

const PAGE = 500;
/** Entries of one message: about 60 KB. */
export const CHUNK = 500;

/** IPv6 subnets cannot be registered (reference B1.10): rules name them (capabilities, rulebook/lower-subnets.ts), the device's sets leave them out. */
export const isRegistrable = (member: Member): boolean => !member.includes(':') || !member.includes('/') || member.endsWith('/128');

export const familyOf = (member: Member): Family => (member.includes(':') ? 6 : 4);
/** "10.1.2.3/32" -> "10.1.2.3": hosts are registered without a length. */
const addressOf = (member: Member): string => member.replace(familyOf(member) === 4 ? /\/32$/ : /\/128$/, '');
const memberOf = (address: string): Member =>
  address.includes('/') || address.includes('-') ? address : `${address}/${address.includes(':') ? 128 : 32}`;

/** Targets of registered addresses: the device itself, or each firewall behind a Panorama. */
export const targetsOf = (place: Place): readonly (string | undefined)[] =>
  place.kind === 'panorama' && place.serials.length > 0 ? place.serials : [undefined];

const aim = (target: string | undefined): Record<string, string> => (target === undefined ? {} : { target });

function must(answer: Answer, what: string): Answer {
  if (!answer.ok) throw panosError('CEXT_PANOS_REFUSED', `${what}: ${answer.text || `code ${answer.code}`}`);
  return answer;
}

/** Addresses by tag; of one tag, or of all under our prefix, and then `onOther` hears of each address that has none of ours. */
export async function readTags(
  device: PanosDevice,
  place: Place,
  target: string | undefined,
  prefix: string,
  tag: string | undefined,
  onOther: () => void = () => undefined,
): Promise<Map<string, Set<Member>>> {
  const out = new Map<string, Set<Member>>();
  for (let start = 1; ; start += PAGE) {
    const filter = tag === undefined ? '' : `<tag><entry name="${escapeXml(tag)}"/></tag>`;
    const cmd = `<show><object><registered-ip>${filter}<limit>${PAGE}</limit><start-point>${start}</start-point></registered-ip></object></show>`;
    const answer = must(await device.call({ type: 'op', cmd, vsys: place.vsys, ...aim(target) }), 'reading registered addresses');
    const page = entriesOf(answer.root, 'result');
    for (const entry of page) {
      const ip = entry.attributes.ip;
      if (ip === undefined) throw panosError('CEXT_PANOS_ANSWER_NOT_UNDERSTOOD', 'an entry of registered addresses has no ip');
      const tags = (at(entry, 'tag')?.children ?? []).filter((one) => one.text.startsWith(prefix));
      if (tags.length === 0) onOther();
      for (const one of tags) {
        let members = out.get(one.text);
        if (!members) {
          members = new Set();
          out.set(one.text, members);
        }
        members.add(memberOf(ip));
      }
    }
    if (page.length < PAGE) return out;
  }
}

/** Members of these sets (all where undefined) that stand on every target; `uneven`: sets that differ between targets. */
export async function readMembers(
  device: PanosDevice,
  place: Place,
  prefix: string,
  sets: ReadonlySet<SetId> | undefined,
): Promise<{
  readonly members: ReadonlyMap<SetId, Set<Member>>;
  readonly uneven: ReadonlySet<SetId>;
  /** registered addresses of others on the fullest target; undefined: not all were read */
  readonly others: number | undefined;
}> {
  let others: number | undefined;
  const members = new Map<SetId, Set<Member>>();
  const uneven = new Set<SetId>();
  for (const [index, target] of targetsOf(place).entries()) {
    const tags = new Map<string, Set<Member>>();
    if (sets === undefined || sets.size > 4) {
      let count = 0;
      for (const [tag, list] of await readTags(device, place, target, prefix, undefined, () => count++)) tags.set(tag, list);
      others = Math.max(others ?? 0, count);
    } else {
      for (const set of sets) {
        for (const family of [4, 6] as const) {
          const tag = groupName(prefix, set, family);
          tags.set(tag, (await readTags(device, place, target, prefix, tag)).get(tag) ?? new Set());
        }
      }
    }
    const here = new Map<SetId, Set<Member>>();
    for (const [tag, list] of tags) {
      const set = setOfGroup(prefix, tag)?.set;
      if (set === undefined || (sets && !sets.has(set))) continue;
      const all = here.get(set) ?? new Set();
      for (const member of list) all.add(member);
      here.set(set, all);
    }
    for (const set of new Set([...here.keys(), ...members.keys()])) {
      const list = here.get(set) ?? new Set<Member>();
      const before = members.get(set);
      if (index > 0 && (before?.size !== list.size || [...list].some((one) => !before.has(one)))) uneven.add(set);
      if (!before) members.set(set, list);
    }
  }
  return { members, uneven, others };
}

export interface TagChange {
  readonly tag: string;
  readonly member: Member;
}

function message(kind: 'register' | 'unregister', changes: readonly TagChange[]): string {
  const byAddress = Map.groupBy(changes, (one) => addressOf(one.member));
  const entries = [...byAddress].map(
    ([ip, list]) =>
      `<entry ip="${ip}"${kind === 'register' ? ' persistent="1"' : ''}><tag>${list.map((one) => `<member>${escapeXml(one.tag)}</member>`).join('')}</tag></entry>`,
  );
  return `<uid-message><version>1.0</version><type>update</type><payload><${kind}>${entries.join('')}</${kind}></payload></uid-message>`;
}

/** Lines that mean "it is so already"; every other line is a refusal. Read line by line: one good line must not hide a bad one. */
const HARMLESS = /(already exists, ignore|does not exist, ignore unreg)$/;

/** One message. Gives how many calls changed something; throws CEXT_PANOS_MEMBERS_REFUSED. */
export async function send(
  device: PanosDevice,
  place: Place,
  prefix: string,
  target: string | undefined,
  kind: 'register' | 'unregister',
  changes: readonly TagChange[],
): Promise<number> {
  const foreign = changes.find((one) => setOfGroup(prefix, one.tag) === undefined);
  if (foreign) throw panosError('CEXT_PANOS_NOT_OURS', `tag "${foreign.tag}" is not ours`);
  const fields = { type: 'user-id', action: 'set', vsys: place.vsys, cmd: message(kind, changes), ...aim(target) };
  const answer = await device.call(fields);
  if (place.kind === 'panos') await device.callPassive(fields);
  if (answer.ok) return 1;
  const lines = allText(at(answer.root, 'msg'))
    .split('\n')
    .filter((line) => line !== '' && !/^\d+(\.\d+)?$/.test(line));
  const bad = lines.filter((line) => !HARMLESS.test(line.trim()));
  if (lines.length === 0 || bad.length > 0)
    throw panosError(
      'CEXT_PANOS_MEMBERS_REFUSED',
      `${bad.length} of ${changes.length} changes were refused, first: ${bad[0] ?? answer.code}`,
    );
  return lines.length < changes.length ? 1 : 0;
}

/**
 * Registers before it unregisters, in messages of their own: an address that moves between sets is in both for a moment, never in none. An address that the
 * device refuses (32 tags, no room) holds up none of the others; its refusal is thrown at the end.
 */
export async function applyChanges(
  device: PanosDevice,
  place: Place,
  prefix: string,
  target: string | undefined,
  added: readonly TagChange[],
  removed: readonly TagChange[],
  deadlineMs: number,
): Promise<{ readonly wrote: number; readonly finished: boolean }> {
  let wrote = 0;
  let refusal: CextError | undefined;
  for (const [kind, changes] of [
    ['register', added],
    ['unregister', removed],
  ] as const) {
    // all tags of one address go in one message
    const sorted = [...changes].sort((a, b) => (a.member < b.member ? -1 : a.member > b.member ? 1 : 0));
    for (let from = 0; from < sorted.length; ) {
      if (wrote > 0 && Date.now() >= deadlineMs) return { wrote, finished: false };
      let to = Math.min(from + CHUNK, sorted.length);
      while (to < sorted.length && sorted[to]?.member === sorted[to - 1]?.member) to++;
      try {
        wrote += await send(device, place, prefix, target, kind, sorted.slice(from, to));
      } catch (error) {
        if (!(error instanceof CextError) || error.code !== 'CEXT_PANOS_MEMBERS_REFUSED') throw error;
        refusal ??= error;
      }
      from = to;
    }
  }
  if (refusal) throw refusal;
  return { wrote, finished: true };
}
