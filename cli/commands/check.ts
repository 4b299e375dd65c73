/** `check`: every mistake of a settings file with path and line, without an environment. */
import { existsSync, readFileSync } from 'node:fs';
import { plural } from '../../functions/rulebook/words.ts';
import { parseSettings } from '../../functions/settings-file.ts';
import { environmentFile } from '../../infra/environment.ts';
import type { Answer, Call } from '../command.ts';
import { cliError } from '../errors.ts';

export async function check(call: Call): Promise<Answer> {
  const [asked = ''] = call.arguments;
  const file = existsSync(asked) ? asked : environmentFile(asked);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw cliError('CEXT_CLI_FILE', `${file} cannot be read: ${(cause as Error).message}; name a settings file`, { file }, { cause });
  }
  const { environment, clusters, firewalls, managers, pairs } = parseSettings(text, file);
  const counts = {
    clusters: Object.keys(clusters).length,
    managers: Object.keys(managers).length,
    firewalls: Object.keys(firewalls).length,
  };
  const value = { file, environment, ...counts, pairs: pairs.length };
  const parts = [
    plural(counts.clusters, 'cluster'),
    plural(counts.managers, 'manager'),
    plural(counts.firewalls, 'firewall'),
    plural(pairs.length, 'pair'),
  ];
  return { value, text: ({ paint }) => `${paint('green', 'good')}  ${file}: environment ${environment}, ${parts.join(', ')}` };
}
