/** Lines as they come; one failure does not hide what follows. */
export class Report {
  failed = 0;
  passed = 0;

  /** True when `run` did not throw. */
  async check(what: string, run: () => unknown): Promise<boolean> {
    const begun = performance.now();
    const took = () => `(${((performance.now() - begun) / 1000).toFixed(1)} s)`;
    try {
      await run();
      this.passed++;
      console.log(`ok      ${what} ${took()}`);
      return true;
    } catch (error) {
      this.failed++;
      console.log(`FAILED  ${what} ${took()}\n        ${(error as Error).message.trim().replaceAll('\n', '\n        ')}`);
      return false;
    }
  }

  note(line: string): void {
    console.log(`        ${line}`);
  }
}

/** @throws Error that shows both */
export function same(found: unknown, wanted: unknown): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(wanted)];
  if (left !== right) throw new Error(`found  ${left}\nwanted ${right}`);
}

export function holds(condition: unknown, otherwise: string): void {
  if (!condition) throw new Error(otherwise);
}
