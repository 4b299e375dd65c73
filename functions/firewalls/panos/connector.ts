/**
 * The connector for PAN-OS firewalls and for Panorama.
 *
 * - filter rules are security rules, sets are dynamic address groups fed by registered tags: no commit for a pod (members.ts)
 * - NAT comes from the shared pass as NAT rules with static groups (write.ts), rebuilt by its inverse (rebuild.ts)
 * - structure: one batch into the candidate, one partial commit of our own account, a job that is polled (stage.ts, commit.ts)
 */
import { createHash } from 'node:crypto';
import type { SetId } from '../../rulebook/types.ts';
import type { PanoramaManagerSettings, PanosManagerSettings } from '../../settings.ts';
import type {
  Connector,
  ConnectorFactory,
  Desired,
  DomainState,
  FirewallState,
  ForeignPending,
  Json,
  ReadRequest,
  SetState,
} from '../contract.ts';
import { Firewalls, leastLimits, limitsOf, SHOW_LIMITS, zonesToCome } from './behind.ts';
import { panosCapabilities } from './capabilities.ts';
import { certificateConditions } from './certificate.ts';
import { type PaloAltoManager, PanosDevice } from './device.ts';
import { panosError } from './errors.ts';
import { Executor } from './execute.ts';
import { differ } from './fingerprint.ts';
import { foreignShadows } from './foreign.ts';
import { Locks } from './locks.ts';
import { isRegistrable, readMembers } from './members.ts';
import { groupName, setOfGroup } from './naming.ts';
import { natLists, unsettledSets } from './nat-groups.ts';
import type { Native } from './native.ts';
import { keyOf } from './objects.ts';
import { type Place, placeOf } from './place.ts';
import { planAll } from './plan.ts';
import { planMemberSteps } from './plan-members.ts';
import { type Reading, readPlace } from './reading.ts';
import { rebuild } from './rebuild.ts';
import { at, entriesOf, type Xml } from './xml.ts';

/** How long one answer may take. Commits are jobs, so no request runs for minutes. */
const REQUEST_TIMEOUT_MS = 60_000;

const NOWHERE: Xml = { name: 'entry', attributes: {}, children: [], text: '' };

export function paloAltoConnector(
  vendor: 'panos' | 'panorama',
  name: string,
  manager: PaloAltoManager,
  secret: (fresh: boolean) => Promise<string>,
  timeoutMs = REQUEST_TIMEOUT_MS,
): Connector {
  const device = new PanosDevice(name, manager, secret, timeoutMs);
  const locks = new Locks(device);
  const executor = new Executor(device, manager, locks);
  const behind = new Firewalls(device);
  let limits: Record<string, number> | undefined;

  async function get(action: 'get' | 'show', xpath: string): Promise<Xml | undefined> {
    const answer = await device.call({ type: 'config', action, xpath });
    if (!answer.ok && !/no such node/i.test(answer.text) && answer.code !== '7')
      throw panosError('CEXT_PANOS_REFUSED', `${action}: ${answer.text || `code ${answer.code}`}`);
    const entry = entriesOf(answer.root, 'result')[0];
    if (answer.ok && answer.code !== '7' && !entry)
      throw panosError('CEXT_PANOS_ANSWER_NOT_UNDERSTOOD', `${action} ${xpath} answered without the entry`);
    return entry;
  }

  /** Objects that every vsys may name; behind a Panorama nobody knows which of its parents have them. */
  async function shared(): Promise<Xml | undefined> {
    if (manager.vendor === 'panorama') return undefined;
    const answer = await device.call({ type: 'config', action: 'get', xpath: '/config/shared' });
    return at(answer.root, 'result', 'shared');
  }

  /** What the platform can hold, read once per connection. */
  async function platform(): Promise<Record<string, number>> {
    limits ??= limitsOf(await device.call({ type: 'op', cmd: SHOW_LIMITS }));
    return limits;
  }

  /** Of a device group: the firewalls, and whether what they were pushed is what Panorama runs of ours. */
  async function readGroup(desired: Desired, place: Place, reading: Reading, request: ReadRequest) {
    const { prefix, placement } = desired.settings;
    const statuses = await behind.statuses(place);
    const late = [...statuses].filter(([, inSync]) => !inSync).map(([serial]) => serial);
    const running =
      late.length === 0 || request.what === 'running'
        ? reading
        : readPlace((await get('show', place.root as string)) ?? NOWHERE, place, prefix);
    const unpushed: string[] = [];
    for (const serial of late) {
      const pushed = await behind.pushed(place, serial, prefix);
      if (!pushed || differ(running, pushed, placement)) unpushed.push(serial);
    }
    const others: ForeignPending[] =
      late.length === 0 || unpushed.length > 0
        ? []
        : [{ who: 'somebody on Panorama', what: `changes for ${late.join(', ')} (${place.deviceGroup}) were committed and not pushed` }];
    const group = { unpushed: unpushed.length > 0 || statuses.size === 0, absent: place.serials.filter((serial) => !statuses.has(serial)) };
    if (request.what === 'running') return { ...group, others, firewalls: [], templateZones: [] };
    const firewalls = await behind.look(place, statuses.keys());
    const templateZones = placement.template === undefined ? [] : await behind.templateZones(placement.template, place.vsys);
    const coming = zonesToCome(desired, firewalls, templateZones);
    if (coming.length > 0)
      others.push({ who: 'somebody on Panorama', what: `template ${placement.template} was not pushed: ${coming.join(', ')}` });
    return { ...group, others, firewalls, templateZones };
  }

  async function readOne(
    desired: Desired,
    request: ReadRequest,
    pendingChanges: boolean,
  ): Promise<{ state: FirewallState; foreign: ForeignPending[] }> {
    const place = placeOf(manager, desired.settings);
    const prefix = desired.settings.prefix;
    const root = place.root === undefined ? undefined : await get(request.what === 'pending' ? 'get' : 'show', place.root);
    const reading = readPlace(root ?? NOWHERE, place, prefix);
    const { rules, sets, drift } = rebuild(reading, desired);
    const { states, registered } = await readSets(desired, place, reading, request);
    let uncommitted = false;
    if (request.what === 'pending' && pendingChanges && place.root !== undefined) {
      const running = readPlace((await get('show', place.root)) ?? NOWHERE, place, prefix);
      uncommitted = differ(reading, running, desired.settings.placement);
    }
    const group = place.kind === 'panorama' && root !== undefined ? await readGroup(desired, place, reading, request) : undefined;
    const unpushed = group?.unpushed ?? false;
    const editors = reading.editors.filter((one) => one.who !== device.user);
    const foreign =
      device.user === undefined
        ? []
        : editors.map(({ who, object, since }) => ({
            who,
            what: `uncommitted edit of our ${object}`,
            ...(since === undefined ? {} : { since }),
          }));
    const native: Native = {
      place: root === undefined ? 'missing' : 'found',
      objects: [...reading.objects.values()].map((one) => [one.table, one.name, one.fields, one.description]),
      groupMembers: Object.fromEntries(reading.groupMembers),
      order: reading.order,
      others: reading.others,
      strangers: [...reading.strangers],
      zones: place.kind === 'panorama' ? null : reading.zones,
      uncommitted,
      unpushed,
      limits: request.what !== 'pending' ? {} : group ? leastLimits(group.firewalls) : await platform(),
      behind: group
        ? {
            firewalls: group.firewalls.map(({ serial, zones }) => [serial, zones ?? null]),
            templateZones: group.templateZones,
            absent: group.absent,
          }
        : null,
      registered: registered ?? null,
    };
    const evidence = request.what === 'pending' ? 'candidate' : place.kind === 'panos' ? 'live' : unpushed ? 'published' : 'installed';
    return {
      state: {
        firewall: desired.firewall,
        evidence,
        rulebook: { rules, sets },
        sets: states,
        drift,
        conditions: request.what === 'pending' && root ? await foreignShadows(root, place, reading, desired, shared) : [],
        native: native as unknown as Json,
      },
      foreign: [...foreign, ...(group?.others ?? [])],
    };
  }

  async function readSets(desired: Desired, place: Place, reading: Reading, request: ReadRequest) {
    const prefix = desired.settings.prefix;
    const standing = new Set(
      [...reading.objects.values()].flatMap((one) => (one.table === 'address-group' ? (setOfGroup(prefix, one.name)?.set ?? []) : [])),
    );
    const asked = request.members === 'none' ? new Set<SetId>() : typeof request.members === 'string' ? standing : request.members;
    const found =
      asked.size === 0 ? undefined : await readMembers(device, place, prefix, typeof request.members === 'string' ? undefined : asked);
    const out = new Map<SetId, SetState>();
    const lists = natLists(reading, desired);
    const unsettled = found ? unsettledSets(reading, desired) : new Set<SetId>();
    for (const set of new Set([...standing, ...asked])) {
      const names = ([4, 6] as const)
        .map((family) => groupName(prefix, set, family))
        .filter((one) => reading.objects.has(keyOf('address-group', one)));
      const members = found?.members.get(set) ?? new Set<string>();
      const nat = lists.get(set);
      if (!found || !asked.has(set)) {
        out.set(set, { set, names, size: nat?.size ?? 0, ...(nat && { nat }) });
        continue;
      }
      const wanted = desired.rulebook.sets.has(set) ? desired.members.members(set) : undefined;
      // rules name what cannot be registered; as members they are where they shall be
      for (const member of wanted ?? []) if (!isRegistrable(member)) members.add(member);
      const groupRight = wanted === undefined || !unsettled.has(set);
      const equal =
        wanted !== undefined &&
        !found.uneven.has(set) &&
        groupRight &&
        wanted.size === members.size &&
        [...members].every((one) => wanted.has(one));
      const digest = equal
        ? desired.members.digest(set)
        : createHash('sha256')
            .update(`${set} ${groupRight} ${[...members].sort().join()}`)
            .digest('hex')
            .slice(0, 32);
      out.set(set, { set, names, size: members.size, digest, ...(nat && { nat }), ...(request.members === 'digest' ? {} : { members }) });
    }
    return { states: out, registered: found?.others };
  }

  return {
    vendor,
    capabilities: panosCapabilities,

    async read(request: ReadRequest): Promise<DomainState> {
      if (request.what === 'pending') device.forget();
      const foreign: ForeignPending[] = [];
      let pendingChanges = false;
      if (request.what === 'pending') {
        for (const lock of await locks.all()) if (lock.who !== device.user) foreign.push(lock);
        const answer = await device.call({ type: 'op', cmd: '<check><pending-changes/></check>' });
        const text = at(answer.root, 'result')?.text;
        if (text !== 'yes' && text !== 'no')
          throw panosError('CEXT_PANOS_ANSWER_NOT_UNDERSTOOD', `check pending-changes answered "${text}"`);
        pendingChanges = text === 'yes';
      }
      const firewalls = new Map<string, FirewallState>();
      for (const desired of request.firewalls) {
        const one = await readOne(desired, request, pendingChanges);
        firewalls.set(desired.firewall, one.state);
        foreign.push(...one.foreign);
      }
      return { firewalls, foreign };
    },

    plan: planAll,
    planMembers: planMemberSteps,
    execute: (step, context) => executor.execute(step, context),
    poll: (job, context) => executor.poll(job, context),
    conditions: (nowMs) => (device.certificates.length === 0 ? undefined : certificateConditions(name, device.certificates, nowMs)),
    session: () => undefined,
    close: async () => device.close(),
  };
}

export const panos: ConnectorFactory<PanosManagerSettings> = {
  vendor: 'panos',
  capabilities: panosCapabilities,
  connect: ({ name, manager, secret }) => paloAltoConnector('panos', name, manager, secret),
};

export const panorama: ConnectorFactory<PanoramaManagerSettings> = {
  vendor: 'panorama',
  capabilities: panosCapabilities,
  connect: ({ name, manager, secret }) => paloAltoConnector('panorama', name, manager, secret),
};
