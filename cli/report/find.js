// What a search finds. An address is found in every prefix and set that holds it; anything else is words, all of which must be there.
// biome-ignore lint/correctness/noUnusedVariables: the script after this one uses it
const findIn = (() => {
  function parseAddress(text) {
    if (/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) {
      const parts = text.split('.').map(Number);
      return parts.every((part) => part < 256)
        ? { bits: 32, value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n) }
        : undefined;
    }
    if (!text.includes(':') || !/^[0-9a-f:]+$/i.test(text)) return undefined;
    const halves = text.split('::');
    if (halves.length > 2) return undefined;
    const groups = (half) => (half ? half.split(':') : []);
    const [head, tail] = [groups(halves[0]), groups(halves[1])];
    const missing = 8 - head.length - tail.length;
    if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
    const all = [...head, ...Array(halves.length === 1 ? 0 : missing).fill('0'), ...tail];
    if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
    return { bits: 128, value: all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n) };
  }

  /** Prefixes are taken apart once: thousands of rules name the same ones. */
  const ranges = new Map();
  function rangeOf(prefix) {
    let range = ranges.get(prefix);
    if (range === undefined) {
      const [text, length] = prefix.split(',', 1)[0].split('/');
      const base = parseAddress(text);
      const free = base && BigInt(base.bits - Number(length ?? base.bits));
      range = base ? { bits: base.bits, free, first: base.value >> free } : null;
      ranges.set(prefix, range);
    }
    return range;
  }
  /** A single IPv4 address is compared as text: most members are. */
  const isHost = (prefix) => prefix.endsWith('/32') && !prefix.includes(':');
  function holds(prefix, address, text) {
    if (isHost(prefix)) return prefix === `${text}/32`;
    const range = rangeOf(prefix);
    return range !== null && range.bits === address.bits && range.first === address.value >> range.free;
  }

  /** @returns tells of one thing ({text, prefixes, sets}) whether the query finds it; of `sets` the members are looked through once a query */
  return (query, sets) => {
    if (query === '') return () => true;
    const address = parseAddress(query);
    if (address) {
      const holding = new Set(Object.keys(sets).filter((id) => sets[id].members.some((member) => holds(member, address, query))));
      return ({ prefixes, sets: own }) => own.some((id) => holding.has(id)) || prefixes.some((prefix) => holds(prefix, address, query));
    }
    const words = query.toLowerCase().split(/\s+/);
    return ({ text }) => {
      const lower = text.toLowerCase();
      return words.every((word) => lower.includes(word));
    };
  };
})();
