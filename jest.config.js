import { existsSync } from 'node:fs';

/** Unit tests stand beside their file; what crosses rooms lives in test/. */
export default {
  testEnvironment: 'node',
  // No test asserts a time; this one only ends what hangs, also on a machine that is busy with something else.
  testTimeout: 60_000,
  // A room that has no file yet is not there in a fresh clone.
  roots: ['proto', 'shipper', 'functions', 'infra', 'cli', 'docs', 'test']
    .filter((room) => existsSync(new URL(room, import.meta.url)))
    .map((room) => `<rootDir>/${room}`),
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/esbuild-transform.js' },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/dist'],
};
