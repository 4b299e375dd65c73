/** What may stand at a place of a command line that is being typed. */

import { readApplied } from '../functions/ledger/applied.ts';
import { heldHashes, listPlans } from '../functions/ledger/query.ts';
import { environmentNames } from '../infra/environment.ts';
import type { Call, Command, Completion, Option } from './command.ts';
import { readSettingsAt } from './connect.ts';
import { deviceName } from './device-name.ts';
import type { Place } from './place.ts';

/**
 * @param at number of the word at which the cursor stands; the first word after the command's own name is 1
 * @returns words that begin with what stands there; "@files" leaves the place to the shell
 */
export async function candidates(
  call: Call,
  at: number,
  words: readonly string[],
  commands: readonly Command[],
  shared: readonly Option[],
): Promise<string[]> {
  const line = readLine(joined(words.slice(0, at)), commands, shared);
  const { open, current, command } = line;
  if (open) return open.complete ? fitting(await wordsOf(open.complete, line, call), current) : [];
  if (current.startsWith('-')) return fitting(flagsOf(line), current);
  if (!command)
    return fitting(line.help && line.given > 0 ? [] : [...commands.map(({ name }) => name), ...(line.help ? [] : ['help'])], current);
  const argument = command.arguments[Math.min(line.given, command.arguments.length - 1)];
  const full = line.given >= command.arguments.length && !command.arguments.some(({ many }) => many);
  return argument?.complete && !full ? fitting(await wordsOf(argument.complete, line, call), current) : [];
}

interface Line {
  readonly command: Command | undefined;
  /** after "help" */
  readonly help: boolean;
  /** arguments before the cursor */
  readonly given: number;
  /** the option whose value is being typed */
  readonly open: Option | undefined;
  /** what stands at the cursor, of a --name=value the value */
  readonly current: string;
  readonly options: readonly Option[];
  readonly values: Readonly<Record<string, string>>;
}

/** bash takes --name=value apart at the "=". */
function joined(words: readonly string[]): string[] {
  const out: string[] = [];
  for (const word of words) {
    const last = out.at(-1);
    const glue = last?.startsWith('--') && (word === '=' ? !last.includes('=') : last.endsWith('='));
    if (glue) out[out.length - 1] = `${last}${word}`;
    else out.push(word);
  }
  return out;
}

/** Lenient: what is not understood is passed by, for the line is not finished. */
function readLine(words: readonly string[], commands: readonly Command[], shared: readonly Option[]): Line {
  const values: Record<string, string> = {};
  let [command, help, given]: [Command | undefined, boolean, number] = [undefined, false, 0];
  let options: readonly Option[] = shared;
  let open: Option | undefined;
  for (const word of words.slice(0, -1)) {
    if (open) {
      values[open.name] = word;
      open = undefined;
    } else if (word.startsWith('-')) {
      const [name = '', ...value] = word.split('=');
      const option = options.find((one) => name === `--${one.name}` || (one.short !== undefined && name === `-${one.short}`));
      if (option?.value !== undefined && value.length === 0) open = option;
      else if (option) values[option.name] = value.join('=') || 'true';
    } else if (command || help) given++;
    else if (word === 'help') help = true;
    else {
      command = commands.find(({ name }) => name === word);
      const own = command?.options ?? [];
      options = [...own, ...shared.filter(({ name }) => !own.some((option) => option.name === name))];
    }
  }
  const current = words.at(-1) ?? '';
  const [name = '', ...value] = current.split('=');
  const glued = !open && value.length > 0 ? options.find((one) => name === `--${one.name}` && one.value !== undefined) : undefined;
  return { command, help, given, open: open ?? glued, current: glued ? value.join('=') : current, options, values };
}

/** Those not yet said; short ones are for who knows them. */
const flagsOf = ({ options, values }: Line): string[] =>
  options.filter(({ name }) => values[name] === undefined).map(({ name }) => `--${name}`);

/** Names come from whoever may write policies: what a shell could read as more than a word is not offered. */
const fitting = (all: readonly string[], current: string): string[] =>
  [...new Set(all)].filter((word) => word === '@files' || (word.startsWith(current) && /^[\w.:/@+-]+$/.test(word))).sort();

async function wordsOf(complete: Completion, { current, values }: Line, call: Call): Promise<readonly string[]> {
  if (typeof complete !== 'string') return complete;
  // Pressing a key must not say why an environment is not reached.
  try {
    switch (complete) {
      case 'file':
        return ['@files'];
      case 'environment':
        return [...environmentNames(), '@files'];
      case 'firewall':
      case 'cluster':
      case 'firewall or manager': {
        const { firewalls, clusters, managers } = readSettingsAt({ ...values, local: values.local !== undefined }, call.io.variables);
        if (complete === 'cluster') return Object.keys(clusters);
        return [...Object.keys(firewalls), ...(complete === 'firewall' ? [] : Object.keys(managers))];
      }
      case 'rule':
        return await rules(await call.place(values), current);
      case 'plan':
        return await plans(await call.place(values));
      case 'hash':
        return await hashes(await call.place(values));
    }
  } catch {
    return [];
  }
}

/** Ids and names on the device only once something of them is typed: there are thousands, and nobody knows them by heart. */
async function rules({ settings, table }: Place, current: string): Promise<string[]> {
  const out: string[] = [];
  for (const [firewall, { prefix }] of Object.entries(settings.firewalls))
    for (const { id, origin } of (await readApplied(table, firewall))?.rulebook.rules ?? []) {
      const { policy, annotations } = origin;
      out.push(...[annotations['cextfire.io/id'], policy?.name].filter((name) => name !== undefined));
      if (current !== '') out.push(id, deviceName(prefix, id));
    }
  return out;
}

async function plans({ settings, table }: Place): Promise<string[]> {
  const all = await Promise.all(Object.keys(settings.managers).map((manager) => listPlans(table, manager, 20)));
  return all.flat().map(({ id }) => id);
}

async function hashes({ settings, table }: Place): Promise<string[]> {
  const all = await Promise.all(Object.entries(settings.firewalls).map(([name, { manager }]) => heldHashes(table, manager, name)));
  return all.flatMap((held) => [...held]);
}
