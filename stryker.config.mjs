/**
 * Mutation tests of the pure rooms, a room at a time and by the tests that stand beside its files: what crosses rooms finds more, but takes
 * minutes for each mutant. `npm run mutation`, `npm run mutation -- policy --mutate functions/policy/match.ts`. Not in CI: it takes hours.
 */
import jest from './jest.config.js';

const room = process.env.MUTATED_ROOM;
if (!room) throw new Error('start this with: npm run mutation -- packets|policy|rulebook');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [`functions/${room}/**/*.ts`, '!**/*.test.ts', '!**/small-world.ts', '!**/errors.ts'],
  // Of the whole project only this is copied for the mutants. No tsconfig: TypeScript 7 has no API with which Stryker could rewrite it.
  ignorePatterns: [
    '/*',
    '!/functions',
    '!/proto',
    '!/test',
    '/test/*',
    '!/test/esbuild-transform.js',
    '!/test/mutation',
    '!/test/worlds',
    '!/package.json',
    '!/jest.config.js',
  ],
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  // Jest reads native modules only with this switch; Stryker hands it to the processes that run the tests.
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: {
    projectType: 'custom',
    config: { ...jest, roots: [`<rootDir>/functions/${room}`], transform: { '\\.ts$': '<rootDir>/test/mutation/transform.js' } },
  },
  coverageAnalysis: 'perTest',
  // A mutant in a table that is made while a module loads costs a whole run.
  ignoreStatic: true,
  tempDirName: `.stryker-tmp/${room}`,
  incremental: true,
  incrementalFile: `node_modules/.cache/stryker/${room}.json`,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  concurrency: 2,
  timeoutMS: 8_000,
  thresholds: { high: 90, low: 85, break: 85 },
};
