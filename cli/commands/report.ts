/** `report`: one HTML file to look at. */
import { closeSync, openSync, readSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { plural } from '../../functions/rulebook/words.ts';
import type { Answer, Call } from '../command.ts';
import { cliError } from '../errors.ts';
import { gatherReport } from '../report/data.ts';
import { BEGIN, pageOf } from '../report/page.ts';
import { parseMoment } from '../time.ts';

export async function report(call: Call): Promise<Answer> {
  const place = await call.place();
  const sinceMs = parseMoment(call.options.since ?? '24h', place.now(), '--since');
  const file = resolve(call.options.output ?? `cextfire-report-${place.settings.environment}.html`);
  refuseOthers(file);
  const data = await gatherReport(place, sinceMs);
  try {
    writeFileSync(file, pageOf(data));
  } catch (cause) {
    throw cliError('CEXT_CLI_FILE', `${file} cannot be written: ${(cause as Error).message}; name another with -o`, { file }, { cause });
  }
  const counts = [plural(data.rules.length, 'rule'), plural(data.conditions.length, 'condition'), plural(data.changes.length, 'change')];
  return {
    value: { file, rules: data.rules.length },
    text: () => `Wrote ${file} (${counts.join(', ')}). Open it in a browser; it needs no network.`,
  };
}

/** A report takes the place of a report, and of nothing else: `-o prod.yaml` is a slip. @throws CEXT_CLI_FILE */
function refuseOthers(file: string): void {
  const begin = Buffer.alloc(BEGIN.length);
  let there: number;
  try {
    there = openSync(file, 'r');
  } catch {
    return;
  }
  try {
    readSync(there, begin);
  } catch {
    // A folder: it says so when it is written.
  } finally {
    closeSync(there);
  }
  if (begin.toString() !== BEGIN)
    throw cliError('CEXT_CLI_FILE', `${file} is there already and is no report; name another with -o, or take it away`, { file });
}
