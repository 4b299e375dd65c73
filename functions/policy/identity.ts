/** Stable names: `[a-z0-9]{14}` made from content, never from a position or from Felix's rule_id (which changes with every earlier rule). */
import { createHash } from 'node:crypto';

export function identityOf(...parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  // 72 bits: at most 14 digits of base 36.
  return BigInt(`0x${hash.digest('hex').slice(0, 18)}`)
    .toString(36)
    .padStart(14, '0');
}
