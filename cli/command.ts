/** What a command is: a row of the table in commands.ts. Help, completion, parsing and docs/reference/cli.md are made from the rows. */
import type { Io, Look } from './io.ts';
import type { Place } from './place.ts';

export interface Option {
  readonly name: string;
  readonly short?: string;
  /** what stands for the value; absent: a switch */
  readonly value?: string;
  readonly meaning: string;
  /** where the words of the value come from, for completion */
  readonly complete?: Completion;
}

export type Completion =
  | 'firewall'
  | 'firewall or manager'
  | 'cluster'
  | 'rule'
  | 'plan'
  | 'hash'
  | 'file'
  | 'environment'
  | readonly string[];

export interface Argument {
  readonly name: string;
  readonly optional?: boolean;
  readonly many?: boolean;
  readonly complete?: Completion;
}

/** Stable JSON for programs, text for people. */
export interface Answer {
  readonly value: unknown;
  readonly text: (look: Look) => string;
  /** Something needs attention: with --exit-code the command ends with 3. */
  readonly attention?: boolean;
}

export interface Call {
  readonly arguments: readonly string[];
  /** by name; a switch is 'true' */
  readonly options: Readonly<Record<string, string | undefined>>;
  readonly io: Io;
  /** Connects when first asked for; by other options than those of this line where some are given. */
  place(options?: Readonly<Record<string, string | undefined>>): Promise<Place>;
  /** Says what will be done and asks; @throws CEXT_CLI_NOT_CONFIRMED */
  confirm(what: string): Promise<void>;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** more, in paragraphs, for help and reference */
  readonly description: string;
  readonly arguments: readonly Argument[];
  readonly options: readonly Option[];
  readonly examples: readonly string[];
  /** changes something in the environment */
  readonly changes?: true;
  /** needs no environment */
  readonly offline?: true;
  /** keys of the JSON and what they hold */
  readonly json?: string;
  run(call: Call): Promise<Answer>;
}
