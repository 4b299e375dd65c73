/**
 * Runs any program as Felix runs its external dataplane driver (reference/felix.md 1.1): no arguments, stdin from /dev/null, a pipe on
 * descriptor 3 to read from and one on 4 to write to, SIGTERM with four seconds to end and then SIGKILL, or just EOF.
 *
 *   const felix = playFelix({ program, env });
 *   await felix.play(recording.stream(1));
 *   await felix.end();
 *
 * By hand: node test/felix/player.ts RECORDING --program PATH (see README.md).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { FRAME_HEADER_BYTES } from '../../proto/framing.ts';
import { listScenarios, listVersions, type Mark, type Recording, readRecording } from './recording.ts';

/** Between SIGTERM and SIGKILL. */
export const TERMINATION_MS = 4_000;

export interface PlayOptions {
  readonly program: string;
  /** Felix gives its driver none; for programs that need a little help in tests. */
  readonly args?: readonly string[];
  /** Added to this process's own environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** The program's stderr goes here too, as it comes. */
  readonly onStderr?: (text: string) => void;
}

export interface Pace {
  /** Bytes per write; default: as much as the pipe takes. Any number splits frames anywhere. */
  readonly chunk?: number;
  /** ms between writes; 0 still lets others run in between. */
  readonly pause?: number;
  /** One write per frame, as Felix does it; `pause` then lies between frames. */
  readonly byFrame?: boolean;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** ms from end(), terminate() or kill() to the exit; undefined when it ended by itself */
  readonly tookMs: number | undefined;
}

export interface Felix {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly running: boolean;
  /** All that came on stderr so far. */
  readonly stderr: string;
  /** Bytes that came on descriptor 4; undefined once the program has closed it. */
  readonly answered: number | undefined;
  /** Writes these bytes into the pipe. Resolves when the pipe has taken the last of them, which waits for the program to read. */
  play(bytes: Uint8Array, pace?: Pace): Promise<void>;
  /** Felix was killed: EOF on the pipe, nothing else. */
  end(): Promise<Exit>;
  /** Felix ends: SIGTERM, SIGKILL after four seconds, then EOF. */
  terminate(): Promise<Exit>;
  /** The program itself is killed. */
  kill(): Promise<Exit>;
}

export function playFelix({ program, args = [], env = {}, cwd, onStderr }: PlayOptions): Felix {
  const down = openPipe();
  const up = openPipe();
  const child: ChildProcess = spawn(program, [...args], {
    stdio: ['ignore', 'inherit', 'pipe', down.read, up.write],
    env: { ...process.env, ...env },
    ...(cwd === undefined ? {} : { cwd }),
  });
  closeSync(down.read);
  closeSync(up.write);
  const toDriver = new Socket({ fd: down.write, readable: false, writable: true });
  const fromDriver = new Socket({ fd: up.read, readable: true, writable: false });

  let stderr = '';
  let running = true;
  let answered: number | undefined = 0;
  let endAsked: number | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    onStderr?.(text);
  });
  fromDriver.on('data', (chunk) => {
    if (answered !== undefined) answered += chunk.length;
  });
  fromDriver.on('close', () => {
    answered = undefined;
  });
  fromDriver.on('error', () => undefined);
  // EPIPE: the program has gone; `exited` tells.
  toDriver.on('error', () => undefined);
  const exited = new Promise<Exit>((resolve, reject) => {
    child.on('error', (error) => {
      running = false;
      toDriver.destroy();
      fromDriver.destroy();
      reject(error);
    });
    // Not "exit": the last lines of stderr come after it.
    child.on('close', (code, signal) => {
      running = false;
      toDriver.destroy();
      fromDriver.destroy();
      resolve({ code, signal, tookMs: endAsked === undefined ? undefined : performance.now() - endAsked });
    });
  });
  exited.catch(() => undefined);

  const write = (bytes: Uint8Array) =>
    new Promise<void>((resolve, reject) => {
      const gone = () => reject(new Error(`${program} has ended before it read all:\n${stderr}`));
      if (!running || toDriver.destroyed) {
        gone();
        return;
      }
      toDriver.write(bytes, (error) => (error ? gone() : resolve()));
    });

  return {
    pid: child.pid ?? 0,
    exited,
    get running() {
      return running;
    },
    get stderr() {
      return stderr;
    },
    get answered() {
      return answered;
    },
    play: async (bytes, pace = {}) => {
      for (const piece of pieces(bytes, pace)) {
        await write(piece);
        if (pace.pause !== undefined) await sleep(pace.pause);
      }
    },
    end: () => {
      endAsked ??= performance.now();
      toDriver.end();
      return exited;
    },
    terminate: async () => {
      endAsked ??= performance.now();
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), TERMINATION_MS);
      const exit = await exited;
      clearTimeout(timer);
      return exit;
    },
    kill: () => {
      endAsked ??= performance.now();
      child.kill('SIGKILL');
      return exited;
    },
  };
}

export interface PlayRecordingOptions extends PlayOptions {
  readonly pace?: Pace;
  /** Called at each mark, when all bytes up to it are in the pipe. What it returns is waited for. */
  readonly atMark?: (mark: Mark, felix: Felix) => void | Promise<void>;
  /** How a life of Felix ends before the next; default: terminate. */
  readonly restart?: 'terminate' | 'end' | 'kill';
}

/**
 * Plays a whole recording, step by step, with a new process for every life of Felix. Returns the last one, still running: end() or
 * terminate() it.
 */
export async function playRecording(recording: Recording, options: PlayRecordingOptions): Promise<Felix> {
  const { pace, atMark, restart = 'terminate' } = options;
  let felix: Felix | undefined;
  for (let life = 1; life <= recording.lives; life++) {
    await felix?.[restart]();
    felix = playFelix(options);
    const stream = recording.stream(life);
    let at = 0;
    for (const mark of recording.marks.filter((mark) => mark.life === life)) {
      await felix.play(stream.subarray(at, mark.bytes), pace);
      at = mark.bytes;
      await atMark?.(mark, felix);
    }
    if (at < stream.length) await felix.play(stream.subarray(at), pace);
  }
  if (!felix) throw new Error(`${recording.scenario} ${recording.version} has no stream`);
  return felix;
}

function* pieces(bytes: Uint8Array, { chunk, byFrame }: Pace): IterableIterator<Uint8Array> {
  if (byFrame) {
    yield* framePieces(bytes);
    return;
  }
  const size = chunk ?? bytes.length;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Each frame with its header, and whatever follows the last whole one. */
function* framePieces(bytes: Uint8Array): IterableIterator<Uint8Array> {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (at < bytes.length) {
    const length = at + FRAME_HEADER_BYTES <= bytes.length ? Number(view.readBigUInt64LE(at)) : bytes.length;
    yield bytes.subarray(at, at + FRAME_HEADER_BYTES + length);
    at += FRAME_HEADER_BYTES + length;
  }
}

/** A pipe as Felix's own: Node can only give a child socket pairs, which behave otherwise (size, EAGAIN, /proc), so a FIFO that nobody else sees. */
function openPipe(): { readonly read: number; readonly write: number } {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-pipe-'));
  const path = join(folder, 'fifo');
  try {
    execFileSync('mkfifo', ['-m', '600', path]);
    // Opened for both first: on Linux that does not wait for the other side.
    const both = openSync(path, constants.O_RDWR);
    const read = openSync(path, constants.O_RDONLY);
    const write = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
    closeSync(both);
    return { read, write };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is typed wrong is one message and the usage. */
function typed() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        program: { type: 'string' },
        version: { type: 'string' },
        /** ms between frames */
        pace: { type: 'string' },
        chunk: { type: 'string' },
        step: { type: 'boolean' },
      },
    });
    const [scenario = ''] = positionals;
    const { program, version, pace, chunk } = values;
    if (!listScenarios().includes(scenario)) throw new Error(scenario === '' ? 'name a recording' : `there is no recording "${scenario}"`);
    const versions = listVersions(scenario);
    if (version !== undefined && !versions.includes(version))
      throw new Error(`${scenario} has no version "${version}": ${versions.join(', ')}`);
    if (program === undefined || !existsSync(program)) throw new Error(`--program ${program ?? ''}: name a program that is there`);
    for (const [name, text] of Object.entries({ pace, chunk }))
      if (text !== undefined && !/^\d{1,7}$/.test(text)) throw new Error(`--${name} "${text}" is no number`);
    return { values: { ...values, program }, scenario, version: version ?? versions.at(-1) ?? '' };
  } catch (error) {
    console.error((error as Error).message.split(/\. To specify/, 1)[0]);
    console.error('usage: player.ts RECORDING --program PATH [--version V] [--pace MS-BETWEEN-FRAMES] [--chunk BYTES] [--step]');
    console.error(`recordings: ${listScenarios().join(', ')}`);
    return process.exit(2);
  }
}

/** The command line: plays one recording into a program, prints each step, ends it as Felix would. */
async function main(): Promise<void> {
  const { values, scenario, version } = typed();
  const recording = readRecording(scenario, version);
  const pace: Pace = values.chunk
    ? { chunk: Number(values.chunk), ...(values.pace ? { pause: Number(values.pace) } : {}) }
    : values.pace
      ? { byFrame: true, pause: Number(values.pace) }
      : {};
  console.log(`${recording.scenario} ${recording.version}: ${recording.title}`);
  const lines = values.step ? createInterface({ input: process.stdin }) : undefined;
  const felix = await playRecording(recording, {
    program: resolve(values.program),
    pace,
    onStderr: (text) => void process.stderr.write(text),
    atMark: async ({ step, bytes, frames }) => {
      console.log(`${step}: ${frames} frames, ${bytes} bytes`);
      if (lines) await once(lines, 'line');
    },
  });
  const { code, signal } = await felix.terminate();
  lines?.close();
  console.log(`the program ended with ${signal ?? code}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
