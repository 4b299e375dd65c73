/** One function of the template: its execution environments (worker threads), its limits, its log and what it counted. */
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';

export interface Start {
  readonly name: string;
  readonly arn: string;
  /** folder of the bundle */
  readonly folder: string;
  /** "index.handler" */
  readonly handler: string;
  readonly memoryMb: number;
  /** 0 to 19 */
  readonly niceness: number;
}
export interface ToEnvironment {
  readonly event: unknown;
  readonly requestId: string;
  readonly deadlineMs: number;
  readonly killAt?: KillPoint | undefined;
}
/** What an environment holds after its garbage was collected, bytes. */
export interface Heap {
  /** what the program keeps, buffers included */
  readonly data: number;
  /** its functions, as far as they were compiled by now */
  readonly compiled: number;
}
export type FromEnvironment =
  | { readonly kind: 'ready' }
  | { readonly kind: 'heap'; readonly heap: Heap }
  | { readonly kind: 'result'; readonly value: unknown; readonly requests: number }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack: string; readonly requests: number };

/** Dies at its n-th HTTP request (from 1) of an invocation. */
export interface KillPoint {
  readonly request: number;
  readonly when: 'before' | 'after';
}
export interface Invocation {
  readonly requestId: string;
  readonly kind: 'result' | 'error' | 'timeout' | 'killed';
  readonly value?: unknown;
  readonly message?: string;
  /** HTTP requests that it made; undefined when it did not live to tell */
  readonly requests?: number;
  readonly milliseconds: number;
}
export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly value: number;
  readonly dimensions: Readonly<Record<string, string>>;
}
export interface LogLine {
  readonly function: string;
  readonly at: number;
  readonly text: string;
}

export interface FunctionOptions extends Start {
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly onLog: (line: LogLine) => void;
  readonly onMetric: (metric: Metric) => void;
}

interface Environment {
  readonly worker: Worker;
  readonly ready: Promise<void>;
  listener: ((message: FromEnvironment | { readonly kind: 'gone'; readonly why: string }) => void) | undefined;
}

export class LocalFunction {
  readonly name: string;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly invocations: Invocation[] = [];
  readonly #options: FunctionOptions;
  readonly #idle: Environment[] = [];
  readonly #all = new Set<Environment>();
  readonly #killPoints: KillPoint[] = [];
  #running = 0;
  #stopped = false;

  constructor(options: FunctionOptions) {
    this.#options = options;
    this.name = options.name;
    this.concurrency = options.concurrency;
    this.timeoutMs = options.timeoutMs;
    this.memoryMb = options.memoryMb;
    this.variables = options.variables;
  }

  get running(): number {
    return this.#running;
  }

  /** The next invocations die there, one each. */
  killNext(...points: readonly KillPoint[]): void {
    this.#killPoints.push(...points);
  }

  /** Takes back what killNext has ordered and no invocation has met. */
  spare(): void {
    this.#killPoints.length = 0;
  }

  /** Kills every environment now, whatever it does: a crash in the middle. The next event starts a new, cold one. */
  async kill(): Promise<void> {
    this.#idle.length = 0;
    await Promise.all([...this.#all].map((environment) => environment.worker.terminate()));
  }

  /** Starts one environment, so that the first event meets a warm function. */
  async warm(): Promise<void> {
    const environment = this.#take();
    await environment.ready;
    this.#idle.push(environment);
  }

  /** Of the idle environment with the most data; undefined when none is idle. */
  async heapAfterCollection(): Promise<Heap | undefined> {
    const environments = this.#idle.splice(0);
    const heaps = environments.map(
      (environment) =>
        new Promise<Heap>((resolve) => {
          environment.listener = (message) => resolve(message.kind === 'heap' ? message.heap : { data: 0, compiled: 0 });
          environment.worker.postMessage('tell your heap');
        }),
    );
    const told = await Promise.all(heaps);
    for (const environment of environments) environment.listener = undefined;
    this.#idle.push(...environments.filter((environment) => this.#all.has(environment)));
    return told.sort((a, b) => b.data - a.data)[0];
  }

  /** Never throws: what went wrong is in the outcome. */
  async invoke(event: unknown): Promise<Invocation> {
    if (this.#stopped) return { requestId: randomUUID(), kind: 'killed', message: 'the cloud has stopped', milliseconds: 0 };
    if (this.#running >= this.concurrency) throw new Error(`${this.name}: more than its reserved concurrency of ${this.concurrency}`);
    this.#running++;
    const requestId = randomUUID();
    const begun = performance.now();
    const done = (outcome: Omit<Invocation, 'requestId' | 'milliseconds'>): Invocation => {
      const invocation = { requestId, milliseconds: performance.now() - begun, ...outcome };
      this.invocations.push(invocation);
      return invocation;
    };
    const environment = this.#take();
    try {
      await environment.ready;
      const deadlineMs = Date.now() + this.timeoutMs;
      const outcome = await new Promise<Omit<Invocation, 'requestId' | 'milliseconds'>>((resolve) => {
        const timer = setTimeout(() => {
          resolve({ kind: 'timeout', message: `Task timed out after ${this.timeoutMs / 1000} seconds` });
          void environment.worker.terminate();
        }, this.timeoutMs);
        environment.listener = (message) => {
          clearTimeout(timer);
          if (message.kind === 'result') resolve({ kind: 'result', value: message.value, requests: message.requests });
          else if (message.kind === 'error') {
            this.#log(message.stack || `${message.name}: ${message.message}`);
            resolve({ kind: 'error', message: `${message.name}: ${message.message}`, requests: message.requests });
          } else if (message.kind === 'gone') resolve({ kind: 'killed', message: message.why });
        };
        const toEnvironment: ToEnvironment = { event, requestId, deadlineMs, killAt: this.#killPoints.shift() };
        environment.worker.postMessage(toEnvironment);
      });
      environment.listener = undefined;
      if (outcome.kind === 'result' || outcome.kind === 'error') this.#idle.push(environment);
      return done(outcome);
    } catch (error) {
      return done({ kind: 'error', message: (error as Error).message });
    } finally {
      this.#running--;
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.kill();
  }

  #take(): Environment {
    const warm = this.#idle.pop();
    if (warm) return warm;
    const { name, arn, folder, handler, memoryMb, niceness, variables } = this.#options;
    const start: Start = { name, arn, folder, handler, memoryMb, niceness };
    const worker = new Worker(new URL('worker.ts', import.meta.url), {
      workerData: start,
      env: { ...variables },
      execArgv: ['--no-warnings'],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    for (const stream of [worker.stdout, worker.stderr]) createInterface({ input: stream }).on('line', (line) => this.#line(line));
    const environment: Environment = {
      worker,
      listener: undefined,
      ready: new Promise((resolve, reject) => {
        worker.on('message', (message: FromEnvironment) => (message.kind === 'ready' ? resolve() : environment.listener?.(message)));
        let failure: Error | undefined;
        worker.on('error', (error) => {
          failure = error as Error;
          if (!this.#stopped) this.#log(`${failure.stack ?? failure.message}`);
        });
        worker.on('exit', (code) => {
          this.#all.delete(environment);
          const at = this.#idle.indexOf(environment);
          if (at >= 0) this.#idle.splice(at, 1);
          const why = failure ? `crashed: ${failure.message}` : `ended with exit code ${code}`;
          reject(new Error(`${name} ${why}`));
          environment.listener?.({ kind: 'gone', why });
        });
      }),
    };
    // Somebody always awaits `ready` before use; a kill in between must not end the whole process.
    environment.ready.catch(() => undefined);
    this.#all.add(environment);
    return environment;
  }

  #log(text: string): void {
    this.#options.onLog({ function: this.name, at: Date.now(), text });
  }

  #line(text: string): void {
    this.#log(text);
    if (text.includes('"_aws"')) for (const metric of embeddedMetrics(text)) this.#options.onMetric(metric);
  }
}

/** Metrics of one log line in the embedded metric format; none when it is not one. */
export function embeddedMetrics(line: string): readonly Metric[] {
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(line);
  } catch {
    return [];
  }
  const directives = (parsed._aws as { CloudWatchMetrics?: readonly Directive[] } | undefined)?.CloudWatchMetrics ?? [];
  return directives.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name }) => {
        const dimensions = Object.fromEntries(names.map((name) => [name, String(parsed[name])]));
        const values = Array.isArray(parsed[Name]) ? (parsed[Name] as unknown[]) : [parsed[Name]];
        return values.map((value) => ({ namespace: Namespace, name: Name, value: Number(value), dimensions }));
      }),
    ),
  );
}
interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}
