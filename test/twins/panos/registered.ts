/** Registered addresses and their tags (reference B1.10): what dynamic address groups are made of. Never committed, live at once. */
import {
  type AddressRange,
  formatAddress,
  formatPrefix,
  formatRange,
  parsePrefix,
  parseRange,
} from '../../../functions/packets/address.ts';

interface Tagging {
  /** Unix ms; undefined = never */
  readonly expires: number | undefined;
  readonly persistent: boolean;
}

interface Registered {
  readonly range: AddressRange;
  readonly tags: Map<string, Tagging>;
}

export const TAGS_PER_ADDRESS = 32;
const LONGEST_TIMEOUT = 2_592_000;

export class RegisteredAddresses {
  readonly #addresses = new Map<string, Registered>();
  readonly #byTag = new Map<string, Set<string>>();
  readonly #ranges = new Set<string>();
  readonly capacity: number;
  readonly #now: () => number;
  /** entries that were not kept because the device was full */
  overflows = 0;

  constructor(capacity: number, now: () => number) {
    this.capacity = capacity;
    this.#now = now;
  }

  get size(): number {
    this.#expire();
    return this.#addresses.size;
  }

  /** Message of the device where it does not take the tag, or undefined. */
  register(address: string, tag: string, timeout: number, persistent: boolean): string | undefined {
    const range = parse(address);
    if (typeof range === 'string') return range;
    if (tag.length > 127 || tag === '' || /['"]| {2}/.test(tag) || /^(and|or|not)$/i.test(tag)) return `tag ${tag} is invalid`;
    if (!Number.isInteger(timeout) || timeout < 0 || timeout > LONGEST_TIMEOUT) return `timeout ${timeout} is invalid`;
    const key = canonical(range);
    let there = this.#addresses.get(key);
    const expires = timeout === 0 ? undefined : this.#now() + timeout * 1000;
    if (there?.tags.has(tag)) {
      if (timeout > 0) there.tags.set(tag, { expires, persistent });
      return timeout > 0 ? undefined : `tag ${tag} already exists, ignore`;
    }
    if (there && there.tags.size >= TAGS_PER_ADDRESS)
      return `max number of tags (${TAGS_PER_ADDRESS}) for the ip reached, tag ${tag} is not registered`;
    if (!there) {
      if (this.#addresses.size >= this.capacity && this.size >= this.capacity) {
        this.overflows++;
        return undefined;
      }
      there = { range, tags: new Map() };
      this.#addresses.set(key, there);
      if (range.first !== range.last) this.#ranges.add(key);
    }
    there.tags.set(tag, { expires, persistent });
    let list = this.#byTag.get(tag);
    if (!list) {
      list = new Set();
      this.#byTag.set(tag, list);
    }
    list.add(key);
    return undefined;
  }

  /** `tag` undefined: all tags of the address. */
  unregister(address: string, tag: string | undefined): string | undefined {
    const range = parse(address);
    if (typeof range === 'string') return range;
    const key = canonical(range);
    const there = this.#addresses.get(key);
    if (tag !== undefined && !there?.tags.has(tag)) return `tag ${tag} does not exist, ignore unreg`;
    for (const one of tag === undefined ? [...(there?.tags.keys() ?? [])] : [tag]) this.#drop(key, one);
    return undefined;
  }

  #drop(key: string, tag: string): void {
    const there = this.#addresses.get(key);
    there?.tags.delete(tag);
    const list = this.#byTag.get(tag);
    list?.delete(key);
    if (list?.size === 0) this.#byTag.delete(tag);
    if (there?.tags.size === 0) {
      this.#addresses.delete(key);
      this.#ranges.delete(key);
    }
  }

  #expire(): void {
    const now = this.#now();
    for (const [key, { tags }] of this.#addresses) {
      for (const [tag, { expires }] of tags) if (expires !== undefined && expires <= now) this.#drop(key, tag);
    }
  }

  clear(keepPersistent: boolean): void {
    for (const [key, { tags }] of [...this.#addresses]) {
      for (const [tag, { persistent }] of [...tags]) if (!(keepPersistent && persistent)) this.#drop(key, tag);
    }
  }

  list(filter: { readonly tag?: string | undefined; readonly address?: string | undefined }): {
    readonly address: string;
    readonly persistent: boolean;
    readonly tags: readonly string[];
  }[] {
    this.#expire();
    const wanted = filter.address === undefined ? undefined : parse(filter.address);
    const keys: Iterable<string> = filter.tag === undefined ? this.#addresses.keys() : (this.#byTag.get(filter.tag) ?? []);
    const out = [];
    for (const key of keys) {
      if (wanted !== undefined && (typeof wanted === 'string' || canonical(wanted) !== key)) continue;
      const { tags } = this.#addresses.get(key) as Registered;
      out.push({ address: key, persistent: [...tags.values()].some((one) => one.persistent), tags: [...tags.keys()] });
    }
    return out;
  }

  /** Tags of one address, with those of the ranges that hold it. */
  tagsOf(family: 4 | 6, value: bigint): (tag: string) => boolean {
    const now = this.#now();
    const live = (tags: Map<string, Tagging> | undefined, tag: string) => {
      const found = tags?.get(tag);
      return found !== undefined && (found.expires === undefined || found.expires > now);
    };
    const own = this.#addresses.get(formatAddress(family, value))?.tags;
    const around = [...this.#ranges]
      .map((key) => this.#addresses.get(key) as Registered)
      .filter(({ range }) => range.family === family && range.first <= value && value <= range.last);
    return (tag) => live(own, tag) || around.some(({ tags }) => live(tags, tag));
  }
}

function parse(text: string): AddressRange | string {
  const range = text.includes('-') ? parseRange(text) : parsePrefix(text);
  if (!range) return `ip ${text} is invalid`;
  if (range.family === 6 && range.first !== range.last) return `ip ${text} is invalid, IPv6 subnets and ranges are not supported`;
  return range;
}

function canonical(range: AddressRange & { readonly length?: number }): string {
  if (range.first === range.last) return formatAddress(range.family, range.first);
  return range.length === undefined ? formatRange(range) : formatPrefix({ ...range, length: range.length });
}
