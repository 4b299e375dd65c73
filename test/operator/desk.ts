/** An operator at a world in memory: types a command line, reads what it says. What was asked of AWS is written down. */
import { harmless, type Io } from '../../cli/io.ts';
import type { Place } from '../../cli/place.ts';
import { run } from '../../cli/run.ts';
import { settings, Way } from '../fake-firewall/way.ts';
import { listVersions, readRecording } from '../felix/recording.ts';

export interface Said {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

export class Desk {
  readonly way = new Way();
  readonly sent: string[] = [];
  /** what the operator answers when asked; undefined: nobody is there */
  answer: string | undefined;
  readonly questions: string[] = [];
  place: Place = {
    title: 'test',
    settings,
    settingsFile: 'test.yaml',
    table: this.way.table,
    findQueues: async () => undefined,
    wake: async (manager, kind) => void this.sent.push(`${kind} ${manager}`),
    resync: async (cluster) => void this.sent.push(`resync ${cluster}`),
    who: async () => 'ann',
    now: () => this.way.nowMs,
  };

  /** Plays a recording up to a step, a minute a step; what is held is approved unless told otherwise. Unix ms after each step. */
  async play(scenario: string, last?: string, approve = true): Promise<ReadonlyMap<string, number>> {
    const recording = readRecording(scenario, listVersions(scenario).at(-1) ?? '');
    const engine = this.way.process();
    const times = new Map<string, number>();
    let at = 0;
    for (const mark of recording.marks.filter((one) => one.life === 1)) {
      await this.way.take(recording.stream(1).subarray(at, mark.bytes));
      at = mark.bytes;
      await this.way.look(engine);
      if (approve) await this.way.approve(engine);
      this.way.nowMs += 60_000;
      times.set(mark.step, this.way.nowMs);
      if (mark.step === last) break;
    }
    return times;
  }

  async type(...words: string[]): Promise<Said> {
    const out: string[] = [];
    const error: string[] = [];
    const io: Io = {
      width: 160,
      paint: (_, text) => text,
      out: (text) => void out.push(harmless(text)),
      error: (text) => void error.push(harmless(text)),
      ask: async (question) => {
        this.questions.push(question);
        return this.answer;
      },
      variables: {},
    };
    const code = await run(words, io, async () => this.place);
    return { code, out: out.join('\n'), error: error.join('\n') };
  }

  // biome-ignore lint/suspicious/noExplicitAny: whatever shape a command promises is looked at by its test
  async json(...words: string[]): Promise<any> {
    const { code, out, error } = await this.type(...words, '-o', 'json');
    if (code !== 0) throw new Error(`exit ${code}: ${error}`);
    return JSON.parse(out);
  }
}
