/** Locks of the device: who holds one, and the commit lock that we take while we stage in parts. */
import type { Outcome } from '../contract.ts';
import type { PanosDevice } from './device.ts';
import { failed, panosError } from './errors.ts';
import { at, entriesOf, escapeXml } from './xml.ts';

/** Words of the device that mean "somebody is at it" (reference B1.4). */
const BUSY =
  /(another commit|commit\/validate is in progress|commit is in progress|commit is pending|install is in progress|another sync is in progress|configuration is locked by|is currently locked|commit lock is already held|transaction is refused)/i;
const HOLDER = /(?:locked by|held by)\s+(?:admin\s+)?(\S+)/i;

export const isBusy = (text: string): boolean => BUSY.test(text);

export interface Lock {
  readonly who: string;
  readonly what: string;
  readonly since?: string;
}

export class Locks {
  readonly #device: PanosDevice;

  constructor(device: PanosDevice) {
    this.#device = device;
  }

  /** Of anybody. */
  async all(): Promise<readonly Lock[]> {
    const out: Lock[] = [];
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

  /** Who, what, since: from the lock itself where there is one. */
  async blocked(text: string): Promise<Outcome> {
    const lock = (await this.all().catch(() => [])).find((one) => one.who !== this.#device.user);
    if (lock) return { kind: 'blocked', ...lock };
    return { kind: 'blocked', who: HOLDER.exec(text)?.[1] ?? 'the device', what: text.slice(0, 300) };
  }

  /** undefined: it is ours. */
  async lockCommits(firewall: string): Promise<Outcome | undefined> {
    const answer = await this.#device.call({
      type: 'op',
      cmd: `<request><commit-lock><add><comment>cextfire ${escapeXml(firewall)} stages in parts</comment></add></commit-lock></request>`,
    });
    if (answer.ok) return undefined;
    const holder = HOLDER.exec(answer.text)?.[1];
    if (holder !== undefined && holder === this.#device.user) return undefined;
    return BUSY.test(answer.text) ? this.blocked(answer.text) : failed(panosError('CEXT_PANOS_REFUSED', `commit lock: ${answer.text}`));
  }

  async unlockCommits(): Promise<void> {
    await this.#device.call({ type: 'op', cmd: '<request><commit-lock><remove/></commit-lock></request>' }).catch(() => undefined);
  }
}

/** "2026/01/15 08:00:00" -> ISO. The device does not say its time zone. */
function isoTime(text: string | undefined): string | undefined {
  const match = /^(\d{4})[/-](\d{2})[/-](\d{2})[ T](\d{2}:\d{2}:\d{2})/.exec(text ?? '');
  return match ? `${match[1]}-${match[2]}-${match[3]}T${match[4]}Z` : undefined;
}
