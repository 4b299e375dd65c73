/** One command line from words to exit code. */
import { parseArgs } from 'node:util';
import { CextError } from '../functions/errors.ts';
import program from '../package.json' with { type: 'json' };
import { cloudError } from './aws-words.ts';
import type { Answer, Call, Command, Option } from './command.ts';
import { COMMANDS, EXIT_CODES, HIDDEN, SHARED } from './commands.ts';
import { connect } from './connect.ts';
import { cliError, WRONG_INPUT } from './errors.ts';
import { harmless, type Io } from './io.ts';
import { nearest } from './near.ts';
import type { Place } from './place.ts';
import { pairs, wrap } from './table-text.ts';

/** @returns the exit code */
export async function run(words: readonly string[], io: Io, open: typeof connect = connect): Promise<number> {
  try {
    return await runCommand(words, io, open);
  } catch (error) {
    const told = error instanceof CextError ? error : undefined;
    const { code, message } = told ?? { code: 'cextfire', message: faultText(error as Error) };
    const text = shortened(message, words);
    io.error(`${io.paint('red', code)}: ${text}`);
    if (io.variables.CEXTFIRE_DEBUG === '1') io.error(String((error as Error).stack));
    // A program that reads JSON gets JSON, whatever happens.
    if (wantsJson(words)) io.out(JSON.stringify({ error: { code: told?.code ?? null, message: text } }, null, 2));
    return told && WRONG_INPUT.has(told.code) ? 2 : 1;
  }
}

const faultText = ({ message }: Error): string =>
  `a fault of the command itself: ${message}. Run it again with CEXTFIRE_DEBUG=1 and report what it says`;

/** A file that was pasted as a name need not come back whole. */
function shortened(message: string, words: readonly string[]): string {
  const long = words.flatMap((word) => [word, word.slice(word.indexOf('=') + 1)]).filter((word) => word.length > 200);
  return long.reduce((text, word) => text.replaceAll(word, `${word.slice(0, 60)}... (${word.length} characters)`), message);
}

/** By the words alone: they may be wrong in any other way. */
function wantsJson(words: readonly string[]): boolean {
  if (commandOf(words)?.options.some(({ name }) => name === 'output')) return false;
  return /(^|\n)(-o\n?|--output[=\n])json(\n|$)/.test(words.join('\n'));
}

async function runCommand(words: readonly string[], io: Io, open: typeof connect): Promise<number> {
  const command = commandOf(words);
  if (!command) {
    const asked = words.find((word) => !word.startsWith('-'));
    if (words.includes('--version')) io.out(program.version);
    else if (asked === 'help') io.out(helpOf(words.slice(words.indexOf('help') + 1), io));
    else if (asked === undefined && (words.length === 0 || words.includes('--help') || words.includes('-h'))) io.out(overview(io));
    else {
      if (asked === undefined) throw cliError('CEXT_CLI_USAGE', `name a command before "${words.join(' ')}"; "cextfire help" lists them`);
      throw noCommand(asked);
    }
    return 0;
  }
  const at = words.indexOf(command.name);
  const { values, positionals } = parse(command, [...words.slice(0, at), ...words.slice(at + 1)]);
  if (values.help !== undefined) {
    io.out(helpOf([command.name], io));
    return 0;
  }
  const ownOutput = command.options.some(({ name }) => name === 'output');
  const json = !ownOutput && values.output === 'json';
  // Of habit: everywhere else it is the form of the answer.
  if (ownOutput && (values.output === 'json' || values.output === 'table'))
    throw cliError(
      'CEXT_CLI_USAGE',
      `-o ${values.output}: here -o names a file; if "${values.output}" is meant to be one, write ./${values.output}`,
    );
  if (!ownOutput && values.output !== undefined && values.output !== 'json' && values.output !== 'table')
    throw cliError('CEXT_CLI_USAGE', `-o "${values.output}": write json or table`);
  let place: Promise<Place> | undefined;
  const call: Call = {
    arguments: positionals,
    options: values,
    io,
    place: (said = values) => {
      place ??= open({ ...said, local: said.local !== undefined }, io.variables);
      return place;
    },
    confirm: async (what) => {
      if (values.yes !== undefined) return;
      // It may show rules in the words of whoever wrote them.
      const answer = await io.ask(harmless(`${what}\nGo on? [y/N] `));
      if (answer === undefined)
        throw cliError('CEXT_CLI_NOT_CONFIRMED', `nobody is there to say yes to: ${what.split('\n', 1)[0]} Say -y to do it all the same`);
      if (!/^y(es)?$/i.test(answer.trim())) throw cliError('CEXT_CLI_NOT_CONFIRMED', 'not confirmed; nothing was done');
    },
  };
  const answer = await answered(command, call);
  io.out(json ? JSON.stringify(answer.value, (_, value) => (typeof value === 'bigint' ? String(value) : value), 2) : answer.text(io));
  return answer.attention && values['exit-code'] !== undefined ? 3 : 0;
}

/** What an SDK throws is the cloud's word, not a fault of ours. */
async function answered(command: Command, call: Call): Promise<Answer> {
  try {
    return await command.run(call);
  } catch (error) {
    const { $metadata, $fault, code, name } = error as { $metadata?: unknown; $fault?: unknown; code?: unknown; name?: string };
    const fromCloud =
      $metadata !== undefined ||
      $fault !== undefined ||
      /^(ECONN|ENOTFOUND|ETIMEDOUT|EAI_)/.test(String(code)) ||
      /Credentials|Timeout|Region/.test(name ?? '') ||
      /region is missing|credentials/i.test((error as Error).message);
    if (error instanceof CextError || !fromCloud) throw error;
    throw cloudError(`cextfire ${command.name}`, error);
  }
}

function noCommand(asked: string): CextError {
  const near = nearest(asked, [...COMMANDS.map(({ name }) => name), 'help', '--version']);
  return cliError('CEXT_CLI_USAGE', `there is no command "${asked}"; ${near ? `did you mean ${near}?` : '"cextfire help" lists them'}`);
}

/** The first word that is a command; options with values may stand before it. */
function commandOf(words: readonly string[]): Command | undefined {
  const valued = new Set(
    SHARED.flatMap(({ name, short, value }) => (value === undefined ? [] : [`--${name}`, ...(short ? [`-${short}`] : [])])),
  );
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (valued.has(word)) at++;
    else if (!word.startsWith('-')) return COMMANDS.find(({ name }) => name === word);
  }
  return undefined;
}

const optionsOf = (command: Command): readonly Option[] => {
  const own = [...command.options, ...(HIDDEN[command.name] ?? [])];
  return [...own, ...SHARED.filter(({ name }) => !own.some((option) => option.name === name))];
};

/** @throws CEXT_CLI_USAGE */
function parse(
  command: Command,
  words: readonly string[],
): { readonly values: Record<string, string | undefined>; readonly positionals: readonly string[] } {
  const options = optionsOf(command);
  const wrong = (message: string) => cliError('CEXT_CLI_USAGE', `${message}; see "cextfire help ${command.name}"`);
  const config = Object.fromEntries(
    options.map(({ name, short, value }) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: true as const, ...(short ? { short } : {}) },
    ]),
  );
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...words], options: config, allowPositionals: true });
  } catch (error) {
    throw wrong(parseText(error as Error, options));
  }
  const values: Record<string, string | undefined> = {};
  for (const [name, all] of Object.entries(parsed.values)) {
    const [first, ...more] = all as (string | boolean)[];
    if (more.length > 0) throw wrong(`--${name} is said ${more.length + 1} times; say it once`);
    values[name] = String(first);
    if (first === '') throw wrong(`--${name} has an empty value`);
  }
  const { positionals } = parsed;
  if (values.help !== undefined || values.words !== undefined) return { values, positionals };
  const most = command.arguments.some(({ many }) => many) ? Number.POSITIVE_INFINITY : command.arguments.length;
  const missing = command.arguments.filter(({ optional }) => !optional)[positionals.length];
  if (missing) throw wrong(`${missing.name} is missing; write: ${usageOf(command)}`);
  if (positionals.length > most) throw wrong(`"${positionals[most]}" is too much; write: ${usageOf(command)}`);
  if (command.name === 'plan' && values.last !== undefined && positionals.length > 0) throw wrong('--last and a PLAN do not go together');
  return { values, positionals };
}

/** What parseArgs says, in our words. */
function parseText({ message }: Error, options: readonly Option[]): string {
  const unknown = /Unknown option '([^']+)'/.exec(message)?.[1];
  if (unknown !== undefined) {
    const near = nearest(
      unknown,
      options.map(({ name }) => `--${name}`),
    );
    const meant = unknown === '--json' ? '-o json' : near;
    return `there is no option ${unknown}${meant ? `; did you mean ${meant}?` : ''}`;
  }
  const said = /^Option '(?:-\w, )?--([\w-]+)/.exec(message)?.[1];
  const option = options.find(({ name }) => name === said);
  if (option) return option.value ? `--${said} needs a value: --${said} ${option.value}` : `--${said} takes no value`;
  return message.split(/\.? (?:To specify|\n)/, 1)[0] ?? '';
}

export function usageOf({ name, arguments: all }: Command): string {
  const parts = all.map(({ name: argument, optional }) => (optional ? `[${argument}]` : argument));
  return ['cextfire', name, ...parts].join(' ');
}

const optionText = ({ name, short, value }: Option): string => `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`;

const optionLines = (options: readonly Option[], width: number): string[] =>
  pairs(
    options.map((option) => [optionText(option), option.meaning]),
    width,
  );

function overview({ paint, width }: Io): string {
  return [
    `${paint('bold', 'cextfire')} ${program.version}: what is on the border firewalls, and why`,
    '',
    ...pairs(
      COMMANDS.map(({ name, summary, changes }) => [name, `${summary}${changes ? ' *' : ''}`] as const),
      width,
    ),
    '',
    '  * changes something: says what, asks, records who',
    '',
    ...optionLines(SHARED, width),
    '',
    'cextfire help COMMAND tells more. Exit codes:',
    ...pairs(
      EXIT_CODES.map(([code, meaning]) => [String(code), meaning] as const),
      width,
    ),
  ].join('\n');
}

function helpOf([name]: readonly string[], io: Io): string {
  if (name === undefined) return overview(io);
  const command = COMMANDS.find((one) => one.name === name);
  if (!command) throw noCommand(name);
  const shared = SHARED.filter(({ name: option }) => !command.options.some((own) => own.name === option));
  const { width } = io;
  return [
    io.paint('bold', usageOf(command)),
    ...wrap(command.summary, width),
    '',
    ...wrap(command.description, Math.min(width, 120)),
    ...(command.options.length > 0 ? ['', ...optionLines(command.options, width)] : []),
    '',
    ...optionLines(shared, width),
    '',
    ...command.examples.map((example) => `  ${io.paint('dim', '$')} ${example}`),
    ...(command.json ? ['', ...wrap(`JSON: ${command.json}`, width)] : []),
  ].join('\n');
}
