/** The one gate: every line that is sent for writing is about our own table, or nothing is sent. The forced command on the box checks the same. */
import { linuxError } from './errors.ts';

const WORDS = /^(add|create|insert|replace|delete|flush) (table|set|map|chain|rule|element|counter) inet ([A-Za-z0-9_]+)(?: [^;{}"]*)?$/;

/** @throws CextError CEXT_LINUX_REFUSED for a line that is not about `table`, or a table without our prefix. */
export function assertOurs(table: string, prefix: string, lines: readonly string[]): void {
  if (!table.startsWith(prefix) || table.length === prefix.length)
    throw linuxError('CEXT_LINUX_REFUSED', `the table ${table} does not begin with the prefix ${prefix}`);
  for (const line of lines) {
    const bare = line.replace(/"[^"]*"/g, '').replace(/\{[^{}]*\}/g, '');
    if (line.includes('\n') || WORDS.exec(bare)?.[3] !== table)
      throw linuxError('CEXT_LINUX_REFUSED', `a line is not about our table ${table} and was not sent: ${line.slice(0, 120)}`);
  }
}
