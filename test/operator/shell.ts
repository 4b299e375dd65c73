/** A real shell on a terminal of its own, with our completion in it: what is typed and completed by Tab is what `cextfire` would be called with. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../cli/cextfire.js', import.meta.url));
const INTERACTIVE = { bash: 'bash --noprofile --norc -i', zsh: 'zsh -f -i' };

export type ShellName = keyof typeof INTERACTIVE;
export const SHELLS = Object.keys(INTERACTIVE) as readonly ShellName[];

export class Shell {
  readonly #child: ChildProcessWithoutNullStreams;
  #said = '';
  #wake: () => void = () => undefined;
  #asked = 0;

  /** `script` gives it a terminal: without one no shell completes. */
  constructor(name: ShellName, variables: Readonly<Record<string, string>> = {}) {
    const env = { ...process.env, HISTFILE: '/dev/null', TERM: 'dumb', ...variables };
    this.#child = spawn('script', ['-qfc', INTERACTIVE[name], '/dev/null'], { env, stdio: 'pipe' });
    this.#child.stdout.on('data', (data: Buffer) => {
      this.#said += data.toString();
      this.#wake();
    });
    // After the script has named the program by its path: who types "cextfire" here is told the words.
    this.#child.stdin.write(`source <('${PROGRAM}' completion ${name})\ncextfire() { printf '%s|' "$@"; echo "end $((asked += 1))"; }\n`);
  }

  /** Types a line, presses Tab behind it and then Enter; the words that the command gets. */
  async complete(line: string): Promise<string[]> {
    this.#said = '';
    this.#asked++;
    this.#child.stdin.write(`cextfire ${line}\t\n`);
    const answer = new RegExp(`^(.*)end ${this.#asked}\\r?$`, 'm');
    for (;;) {
      const found = answer.exec(this.#said);
      if (found) return (found[1] ?? '').split('|').slice(0, -1);
      if (this.#child.exitCode !== null) throw new Error(`the shell ended: ${this.#said}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.stdin.end('exit\n');
    await ended;
  }
}
