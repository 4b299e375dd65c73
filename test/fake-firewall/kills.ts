/** A process that dies at every call, of the table or of the device, and the one that goes on after it. */
import type { Engine } from '../../functions/apply/engine.ts';
import { Killed, MortalTable } from '../cloud/memory-table.ts';
import { type FakeCall, FakeConnector, type FakeOptions } from './connector.ts';
import type { System } from './system.ts';

export type When = 'before' | 'after';

export interface Story {
  readonly options: FakeOptions;
  /** before or after the effect of the call it dies at */
  readonly when: When;
  /** A system at rest. */
  begin(): Promise<System>;
  /** Something to do. */
  go(system: System): void;
  /**
   * The heir goes on, after the dead one's lease: a new process, every other time one that was warm before. Throws where the end is not as it shall be.
   * `calls`: those that were made before the death.
   */
  goOn(system: System, heir: Engine, calls: number): Promise<void>;
}

/** More than any story here takes: a loop that never ends is a failure. */
const MOST_CALLS = 500;

async function dieEverywhere(story: Story, live: (system: System, calls: number) => Promise<void>): Promise<number> {
  for (let calls = 0; calls < MOST_CALLS; calls++) {
    const system = await story.begin();
    const survivor = system.process();
    await system.settle(survivor);
    story.go(system);
    let finished = true;
    try {
      await live(system, calls);
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      finished = false;
    }
    system.nowMs += 300_000;
    await story.goOn(system, calls % 2 === 0 ? system.process() : survivor, calls);
    if (finished) return calls;
  }
  throw new Error(`a process that dies at call ${MOST_CALLS} of ever more never finishes`);
}

/** Returns how many calls of the table a whole life has. */
export const dieAtTable = (story: Story): Promise<number> =>
  dieEverywhere(story, (system, calls) =>
    system.process({ table: new MortalTable(system.table, calls, story.when) }).run(system.request()),
  );

/** Returns how many calls of the device a whole life has. With the device the table is gone as well. */
export const dieAtDevice = (story: Story): Promise<number> =>
  dieEverywhere(story, (system, calls) => {
    let left = calls;
    let dead = false;
    const fault = (_call: FakeCall, at: When): undefined => {
      if (at !== story.when) return;
      if (left-- <= 0) dead = true;
      if (dead) throw new Killed();
    };
    const table = new Proxy(system.table, {
      get(target, name) {
        if (dead) throw new Killed();
        const found = Reflect.get(target, name, target);
        return typeof found === 'function' ? found.bind(target) : found;
      },
    });
    return system.process({ table, connector: new FakeConnector(system.device, { ...story.options, fault }) }).run(system.request());
  });
