import type { Command, Option } from '../../cli/command.ts';
import { COMMANDS, EXIT_CODES, SHARED } from '../../cli/commands.ts';
import { usageOf } from '../../cli/run.ts';
import { code, madeFrom, table } from './markdown.ts';

const optionCell = ({ name, short, value }: Option): string => code(`${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`);
const options = (all: readonly Option[]): string =>
  table(
    ['option', 'meaning'],
    all.map((option) => [optionCell(option), option.meaning]),
  );

function section(command: Command): string {
  const { name, summary, description, changes, offline, examples, json } = command;
  const notes = [
    ...(changes ? ['**Changes something**: says what, asks on a terminal (`-y` does not ask), records who, wakes apply.'] : []),
    ...(offline ? ['Needs no environment.'] : []),
    ...(json ? [`JSON (\`-o json\`): \`${json}\`.`] : []),
  ];
  return [
    `## ${name}`,
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    `\`\`\`sh\n${usageOf(command)}\n\`\`\``,
    description,
    ...(command.options.length > 0 ? [options(command.options)] : []),
    `\`\`\`sh\n${examples.join('\n')}\n\`\`\``,
    ...notes,
  ].join('\n\n');
}

/** docs/reference/cli.md */
export function cliPage(): string {
  return `${madeFrom('the table in cli/commands.ts')}
# The operator's command

\`npx cextfire COMMAND\` in a checkout after \`npm ci\`; it brings its own Node. It reads what apply reads, and writes only where it says so.

${table(
  ['command', 'what'],
  COMMANDS.map(({ name, summary, changes }) => [`[${name}](#${name})`, `${summary}${changes ? ' (changes something)' : ''}`]),
)}

## Options of every command

${options(SHARED)}

Table and queues are found, in this order: for \`--local\` in the file that the local cloud wrote (or the one that \`CEXTFIRE_LOCAL\` names); by
\`--table\` (or \`CEXTFIRE_TABLE\`), which is enough for reading; in \`--outputs\` (or \`CEXTFIRE_OUTPUTS\`); by asking CloudFormation for the
outputs of the stack. \`CEXTFIRE_ENVIRONMENT\` stands for \`--environment\`.

Reading needs \`dynamodb:GetItem\` and \`dynamodb:Query\` on the table (and its key); changing also \`dynamodb:PutItem\`, \`UpdateItem\`,
\`DeleteItem\`, and \`sqs:SendMessage\` on the queue concerned.

## Exit codes

${table(
  ['code', 'meaning'],
  EXIT_CODES.map(([number, meaning]) => [String(number), meaning]),
)}

## Output

Tables for people, as wide as the terminal; colours only on a terminal, never with \`NO_COLOR\`. \`-o json\` for programs: keys are only ever added.
Times in JSON are Unix milliseconds. Moments are written in UTC, and read
in the time of this machine where they are typed without a zone. Errors go to standard error: a stable code (see [errors](errors.md)), what, where,
what to do. With \`-o json\` standard output has them too: \`{"error": {"code", "message"}}\`, so that it is JSON whatever happens.

${COMMANDS.map(section).join('\n\n')}
`;
}
