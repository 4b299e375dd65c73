/** Commits, pushes and their jobs. */
import type { Desired, ExecuteContext, Json, Outcome } from '../contract.ts';
import type { PaloAltoManager, PanosDevice } from './device.ts';
import { failed, failureOf, panosError } from './errors.ts';
import { isBusy, type Locks } from './locks.ts';
import type { Payload } from './native.ts';
import { type Place, placeOf } from './place.ts';
import { readPlace } from './reading.ts';
import type { Candidate } from './stage.ts';
import { stands } from './work.ts';
import { allText, at, entriesOf, escapeXml } from './xml.ts';

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

export class Commits {
  readonly #device: PanosDevice;
  readonly #manager: PaloAltoManager;
  readonly #candidate: Candidate;
  readonly #locks: Locks;

  constructor(device: PanosDevice, manager: PaloAltoManager, candidate: Candidate, locks: Locks) {
    this.#device = device;
    this.#manager = manager;
    this.#candidate = candidate;
    this.#locks = locks;
  }

  async commit(payload: Extract<Payload, { kind: 'commit' }>, desired: Desired, place: Place): Promise<Outcome> {
    await this.#candidate.needUser(place, desired.settings.prefix);
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
    if (isBusy(text)) return this.#locks.blocked(text);
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
    if (isBusy(text)) return this.#locks.blocked(text);
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
      if (job.what === 'commit' && desired) await this.#candidate.takeBack(desired, placeOf(this.#manager, desired.settings));
      return failed(panosError('CEXT_PANOS_COMMIT_FAILED', `${job.what} job ${job.job}: ${which || lines || 'no reason given'}`));
    } catch (error) {
      return failed(error);
    }
  }
}
