/** Reads jest's JSON results. A file that could not even be loaded counts as one failure; so does a run without any test. */
export interface JestResults {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message?: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

export interface Summary {
  readonly passed: number;
  /** "file: name" */
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
}

export function summarize({ testResults }: JestResults, short: (path: string) => string): Summary {
  let passed = 0;
  const failed: string[] = [];
  const skipped: string[] = [];
  for (const { name, status, assertionResults } of testResults) {
    const before = failed.length;
    for (const { fullName, status: outcome } of assertionResults) {
      if (outcome === 'passed') passed++;
      else if (outcome === 'failed') failed.push(`${short(name)}: ${fullName}`);
      else skipped.push(`${short(name)}: ${fullName}`);
    }
    if (status === 'failed' && failed.length === before) failed.push(`${short(name)}: could not be run`);
  }
  if (testResults.length === 0) failed.push('no test was found');
  return { passed, failed, skipped };
}
