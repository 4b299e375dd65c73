/** What the command needs from its terminal; tests give it another one. */
import { createInterface } from 'node:readline/promises';
import { stripVTControlCharacters, styleText } from 'node:util';

export type Style = Parameters<typeof styleText>[0];

/** How to show things to a person. */
export interface Look {
  /** characters in a line */
  readonly width: number;
  paint(style: Style, text: string): string;
}

export interface Io extends Look {
  out(text: string): void;
  error(text: string): void;
  /** undefined: nobody is there to answer */
  ask(question: string): Promise<string | undefined>;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/** Colours only where somebody looks: styleText asks the stream (a terminal, NO_COLOR, FORCE_COLOR). */
export function terminal(): Io {
  const { stdin, stdout, stderr, env } = process;
  // A reader that ends early (head) is no failure.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    stderr.write(`cextfire: what it says cannot be written: ${error.message}\n`);
    process.exit(1);
  });
  return {
    width: stdout.columns ?? (Number(env.COLUMNS) || 160),
    paint: (style, text) => styleText(style, text, { stream: stdout, validateStream: true }),
    out: (text) => void stdout.write(`${harmless(text)}\n`),
    // What goes into a file of its own has no colours, whatever standard output is.
    error: (text) => void stderr.write(`${stderr.isTTY || env.FORCE_COLOR ? harmless(text) : stripVTControlCharacters(harmless(text))}\n`),
    ask: async (question) => {
      if (!stdin.isTTY || !stderr.isTTY) return undefined;
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return await lines.question(question);
      } catch (error) {
        if ((error as Error).name !== 'AbortError') throw error;
        // Ctrl-C ends the command; Ctrl-D is an empty answer.
        if (!/Ctrl\+C/.test((error as Error).message)) return '';
        stderr.write('\ncextfire: interrupted; nothing was done\n');
        return process.exit(130);
      } finally {
        lines.close();
      }
    },
    variables: env,
  };
}

/**
 * Names and selectors come from whoever may write policies: no control character of theirs reaches the terminal, colours aside, and none that turns
 * the direction of a line round, so that what is read is what is there.
 */
export function harmless(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    /\u001b\[\d{1,3}m|[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (found) => (found.length > 1 ? found : '\ufffd'),
  );
}
