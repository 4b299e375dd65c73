/** IP addresses and prefixes as text and as numbers. Canonical text: IPv4 dotted, IPv6 as RFC 5952; a prefix always with its length. */

export type Family = 4 | 6;
export const FAMILIES: readonly Family[] = [4, 6];
export const BITS: Readonly<Record<Family, number>> = { 4: 32, 6: 128 };

/** A contiguous run of addresses of one family, both ends included. */
export interface AddressRange {
  readonly family: Family;
  readonly first: bigint;
  readonly last: bigint;
}

export function parseAddress(text: string): { family: Family; value: bigint } | undefined {
  return text.includes(':') ? parse6(text) : parse4(text);
}

function parse4(text: string): { family: Family; value: bigint } | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256 + Number(part);
  }
  return { family: 4, value: BigInt(value) };
}

function parse6(text: string): { family: Family; value: bigint } | undefined {
  let body = text;
  const tail: string[] = [];
  if (body.includes('.')) {
    const colon = body.lastIndexOf(':');
    const four = parse4(body.slice(colon + 1));
    if (!four) return undefined;
    tail.push((four.value >> 16n).toString(16), (four.value & 0xffffn).toString(16));
    body = body.slice(0, colon + 1);
    if (!body.endsWith('::')) body = body.slice(0, -1);
  }
  const halves = body.split('::');
  if (halves.length > 2) return undefined;
  const groups = (half: string | undefined) => (half ? half.split(':') : []);
  const head = groups(halves[0]);
  const rest = halves.length === 2 ? [...groups(halves[1]), ...tail] : tail;
  if (halves.length === 1) head.push(...rest.splice(0));
  const missing = 8 - head.length - rest.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  let value = 0n;
  for (const group of [...head, ...Array<string>(missing).fill('0'), ...rest]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
    value = (value << 16n) | BigInt(`0x${group}`);
  }
  return { family: 6, value };
}

export function formatAddress(family: Family, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn));
  let best = { at: -1, length: 1 };
  for (let at = 0; at < 8; at++) {
    let length = 0;
    while (at + length < 8 && groups[at + length] === 0) length++;
    if (length > best.length) best = { at, length };
  }
  const hex = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  return best.at < 0 ? hex(0, 8) : `${hex(0, best.at)}::${hex(best.at + best.length, 8)}`;
}

/** "10.0.0.0/8" or "10.0.0.1" -> its range, or undefined for anything else. Host bits are cut off. */
export function parsePrefix(text: string): (AddressRange & { readonly length: number }) | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address) return undefined;
  const bits = BITS[address.family];
  const lengthText = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (!/^(0|[1-9]\d{0,2})$/.test(lengthText) || Number(lengthText) > bits) return undefined;
  const length = Number(lengthText);
  const size = 1n << BigInt(bits - length);
  const first = address.value - (address.value % size);
  return { family: address.family, first, last: first + size - 1n, length };
}

export function formatPrefix(range: AddressRange & { readonly length: number }): string {
  return `${formatAddress(range.family, range.first)}/${range.length}`;
}

/** The least list of prefixes that cover exactly this range. */
export function rangeToPrefixes(range: AddressRange): string[] {
  const bits = BigInt(BITS[range.family]);
  const out: string[] = [];
  let at = range.first;
  while (at <= range.last) {
    let log = 0n;
    while (log < bits && at % (1n << (log + 1n)) === 0n && at + (1n << (log + 1n)) - 1n <= range.last) log++;
    out.push(`${formatAddress(range.family, at)}/${bits - log}`);
    at += 1n << log;
  }
  return out;
}

/** "198.51.100.7" or "198.51.100.7-198.51.100.9" -> its range; undefined where it is neither, or its ends are of two families or in the wrong order. */
export function parseRange(text: string): AddressRange | undefined {
  const [firstText = '', lastText, ...more] = text.split('-');
  const first = parseAddress(firstText);
  const last = lastText === undefined ? first : parseAddress(lastText);
  if (!first || !last || more.length > 0 || first.family !== last.family || first.value > last.value) return undefined;
  return { family: first.family, first: first.value, last: last.value };
}

export function formatRange(range: AddressRange): string {
  const first = formatAddress(range.family, range.first);
  return range.first === range.last ? first : `${first}-${formatAddress(range.family, range.last)}`;
}
