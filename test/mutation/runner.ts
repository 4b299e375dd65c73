/**
 * Stryker's way to the tests of a room. Jest needs seconds for each mutant, to read all modules anew; here each test file is bundled once, and for a
 * mutant its bundle runs, with module state of its own, in a process that is there already: the quickest tests first, until one fails.
 *
 * Property tests draw fewer worlds than in `npm test`, and always the same ones, so that a score can be had again.
 */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Script } from 'node:vm';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import type { DryRunResult, MutantRunOptions, MutantRunResult, TestResult, TestRunner } from '@stryker-mutator/api/test-runner';
import { build, type Plugin } from 'esbuild';
import { expect } from 'expect';
import fc from 'fast-check';

const ROOM = process.env.MUTATED_ROOM ?? '';
/** Of the worlds that a property asks for; never fewer than a handful. Properties that count what they have seen need more of them. */
const SHARE = ROOM === 'rulebook' ? 1 / 8 : 1 / 16;
const FEWEST = 10;

interface Test {
  readonly id: string;
  readonly run: () => unknown;
}
type Load = (require: (name: string) => unknown, module: object, exports: object) => void;

/** Where the instrumented code looks for its mutant and leaves what it covers. */
const context: InstrumenterContext = {};
Object.assign(globalThis, { __stryker__: context });

/** Stryker prints `(a as T) <= b` without the brackets, which reads as the start of type arguments. */
const unambiguous = (source: string) => source.replace(/ as (?:readonly )?\w+(?:\[\])? (<=?|<<) /g, ' $1 ');
const withoutCasts: Plugin = {
  name: 'without ambiguous casts',
  setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: unambiguous(readFileSync(path, 'utf8')), loader: 'ts' })),
};

const bounded = {
  ...fc,
  assert: (property: fc.IRawProperty<unknown>, options: fc.Parameters<unknown> = {}) => {
    const { interruptAfterTimeLimit: _, numRuns = 100, ...rest } = options;
    fc.assert(property, { ...rest, numRuns: Math.min(numRuns, Math.max(FEWEST, Math.ceil(numRuns * SHARE))), seed: 1, endOnFailure: true });
  },
};

class RoomRunner implements TestRunner {
  readonly #files = new Map<string, Load>();
  /** milliseconds of a test that passed */
  readonly #times = new Map<string, number>();

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init(): Promise<void> {
    const root = process.cwd();
    const entries = globSync(`functions/${ROOM}/**/*.test.ts`, { cwd: root }).sort();
    const { outputFiles } = await build({
      absWorkingDir: root,
      entryPoints: entries,
      bundle: true,
      write: false,
      outdir: 'bundles',
      outbase: '.',
      packages: 'external',
      platform: 'node',
      format: 'cjs',
      target: 'node24',
      logLevel: 'error',
      plugins: [withoutCasts],
    });
    for (const { path, text } of outputFiles) {
      const file = path.slice(join(root, 'bundles/').length).replace(/js$/, 'ts');
      this.#files.set(file, new Script(`(require, module, exports) => {${text}\n}`, { filename: file }).runInThisContext() as Load);
    }
  }

  /** The tests of one file, on modules that no test has used yet. */
  #load(file: string): readonly Test[] {
    const found: Test[] = [];
    const names: string[] = [];
    const add = (name: string, run: () => unknown) => found.push({ id: [file, ...names, name].join(' '), run });
    const each = (rows: readonly unknown[]) => (name: string, run: (...row: readonly unknown[]) => unknown) =>
      rows.forEach((row, at) => void add(`${name} (${at + 1})`, () => run(...(Array.isArray(row) ? row : [row]))));
    const describe = (name: string, declare: () => void) => {
      names.push(name);
      declare();
      names.pop();
    };
    const outside = createRequire(join(process.cwd(), file));
    const globals = { expect, describe, test: Object.assign(add, { each }) };
    const module = { exports: {} };
    const require = (name: string): unknown => (name === '@jest/globals' ? globals : name === 'fast-check' ? bounded : outside(name));
    (this.#files.get(file) as Load)(require, module, module.exports);
    return found;
  }

  async dryRun(): Promise<DryRunResult> {
    const tests: TestResult[] = [];
    for (const file of this.#files.keys())
      for (const { id, run } of this.#load(file)) {
        context.currentTestId = id;
        const failure = await failureOf(run);
        delete context.currentTestId;
        const { timeSpentMs } = failure;
        this.#times.set(id, timeSpentMs);
        const result = { id, name: id, fileName: join(process.cwd(), file), timeSpentMs };
        tests.push(failure.message === undefined ? { ...result, status: 0 } : { ...result, status: 1, failureMessage: failure.message });
      }
    return { status: 'complete' as never, tests, ...(context.mutantCoverage ? { mutantCoverage: context.mutantCoverage } : {}) };
  }

  async mutantRun({ testFilter, hitLimit, activeMutant, mutantActivation }: MutantRunOptions): Promise<MutantRunResult> {
    context.hitCount = 0;
    context.hitLimit = hitLimit ?? Number.POSITIVE_INFINITY;
    if (mutantActivation === 'static') context.activeMutant = activeMutant.id;
    try {
      const wanted = testFilter && new Set(testFilter);
      const tests = [...this.#files.keys()]
        .filter((file) => !testFilter || testFilter.some((id) => id.startsWith(`${file} `)))
        .flatMap((file) => this.#load(file))
        .filter(({ id }) => !wanted || wanted.has(id))
        .sort((a, b) => (this.#times.get(a.id) ?? 0) - (this.#times.get(b.id) ?? 0));
      context.activeMutant = activeMutant.id;
      for (const [at, { id, run }] of tests.entries()) {
        const { message, timeSpentMs } = await failureOf(run);
        if (context.hitCount > context.hitLimit) return { status: 'timeout' as never, reason: 'the mutant goes round and round' };
        // A process that was started anew has not seen the first run.
        if (message === undefined) this.#times.set(id, timeSpentMs);
        else return { status: 'killed' as never, killedBy: [id], failureMessage: message, nrOfTests: at + 1 };
      }
      return { status: 'survived' as never, nrOfTests: tests.length };
    } catch (error) {
      // The files could not even be read.
      return { status: 'killed' as never, killedBy: [], failureMessage: String(error), nrOfTests: 0 };
    } finally {
      delete context.activeMutant;
    }
  }
}

async function failureOf(run: () => unknown): Promise<{ readonly message?: string; readonly timeSpentMs: number }> {
  const start = performance.now();
  try {
    await run();
    return { timeSpentMs: performance.now() - start };
  } catch (error) {
    const { cause } = error as Error;
    return { message: cause ? `${error}\n${cause}` : String(error), timeSpentMs: performance.now() - start };
  }
}

export const strykerPlugins = [{ kind: 'TestRunner', name: 'room', factory: () => new RoomRunner() }];
