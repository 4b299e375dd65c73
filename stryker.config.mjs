/**
 * Mutation tests of the pure rooms, a room at a time and by the tests that stand beside its files (test/mutation/runner.ts). `npm run mutation`,
 * `npm run mutation -- policy --mutate functions/policy/match.ts`. Not in CI.
 */
const room = process.env.MUTATED_ROOM;
if (!room) throw new Error('start this with: npm run mutation -- packets|policy|rulebook');

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [`functions/${room}/**/*.ts`, '!**/*.test.ts', '!**/errors.ts'],
  // Of the whole project only this is copied for the mutants. No tsconfig: TypeScript 7 has no API with which Stryker could rewrite it.
  ignorePatterns: ['/*', '!/functions', '!/proto', '!/test', '/test/*', '!/test/mutation', '!/test/worlds', '!/package.json'],
  testRunner: 'room',
  plugins: ['./test/mutation/runner.ts'],
  coverageAnalysis: 'perTest',
  tempDirName: `.stryker-tmp/${room}`,
  incremental: true,
  incrementalFile: `node_modules/.cache/stryker/${room}.json`,
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  concurrency: 2,
  timeoutMS: 5_000,
  thresholds: { high: 90, low: 85, break: 85 },
};
