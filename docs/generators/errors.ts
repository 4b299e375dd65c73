import { runbookOf } from '../../functions/runbooks.ts';
import { ERROR_TABLES } from './error-tables.ts';
import { code, madeFrom, table } from './markdown.ts';

const RETRY = { never: 'no', later: 'yes', verify: 'after reading' } as const;

/** docs/reference/errors.md */
export function errorsPage(): string {
  const parts = ERROR_TABLES.map(({ title, file, entries }) => {
    const rows = Object.entries(entries).map(([name, { meaning, action, retry }]) => [
      `<a id="${name.toLowerCase()}"></a>${code(name)}`,
      meaning,
      action,
      RETRY[retry],
      `[${runbookOf(name)}](../runbooks/${runbookOf(name)}.md)`,
    ]);
    return `## ${title}\n\nFrom \`${file}\`.\n\n${table(['code', 'what it means', 'what to do', 'tried again', 'runbook'], rows)}\n`;
  });
  const intro = `# Errors and conditions

An *error* stops what is being done. A *condition* is a fact that lasts: its begin and its end are told once, to the topic of the environment, to
\`cextfire status\`, and, when it is about a cluster, to that cluster's shipper. Codes never change their meaning.

"Tried again" says what the program does by itself: *no* (the same input fails again), *yes* (after a while), *after reading* (the effect is not known;
the device is read first).
`;
  return `${madeFrom('the errors.ts of every room')}\n${intro}\n${parts.join('\n')}`;
}
