/** Unit tests stand beside their file; what crosses rooms lives in test/. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/proto', '<rootDir>/shipper', '<rootDir>/functions', '<rootDir>/infra', '<rootDir>/cli', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/esbuild-transform.js' },
  modulePathIgnorePatterns: ['<rootDir>/cdk.out', '<rootDir>/dist'],
};
