/** Changes as real policies made them: the rulebooks of consecutive marks of a recording, members first, then structure, judged by its own packets. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Compiler } from '../../functions/policy/compile.ts';
import { DerivedMembers, setFinder } from '../../functions/policy/members.ts';
import type { Capabilities } from '../../functions/rulebook/capabilities.ts';
import { listScenarios, listVersions, RECORDINGS, readRecording } from '../felix/recording.ts';
import { packetOf, recordedView, wideInput } from '../felix/verdict-world.ts';
import { digestsOf } from '../worlds/members.ts';
import { type DrawnChange, inHalves } from './transitions.ts';
import { type Lowered, PUBLIC_PACKETS, VIPS } from './world.ts';

/** What is walked when nobody says otherwise: one of each subject. */
export const RECORDED = [
  '01-first-rule',
  '02-tiers-and-pass',
  '03-nat',
  '04-selectors-and-sets',
  '05-ports-and-protocols',
  '06-ipv6',
  '07-ingress',
  'random-1',
];
/** Every recording with packets to judge by; 12 and 13 are about size and have none. */
export const allRecorded = (): readonly string[] =>
  listScenarios().filter((scenario) => existsSync(join(RECORDINGS, scenario, 'verdicts.csv')));

const MOST_PACKETS = 160;

export function* recordedChanges(
  capabilities: Capabilities,
  scenario: string,
  version = listVersions(scenario)[0] ?? '',
): IterableIterator<DrawnChange> {
  const recording = readRecording(scenario, version);
  const rows = Map.groupBy(recording.verdicts(), (row) => row.step);
  let before: { readonly book: Lowered; readonly step: string } | undefined;
  for (const mark of recording.marks) {
    if (mark.step === undefined || !rows.has(mark.step)) continue;
    const wide = wideInput(recordedView(recording, mark));
    const input = { ...wide, borders: new Map([...wide.borders].map(([name, border]) => [name, { ...border, vips: [...VIPS] }])) };
    const { rulebook } = new Compiler().compile({ ...input, capabilities });
    const members = new DerivedMembers(setFinder(input.clusters));
    members.use(rulebook);
    const after: Lowered = { rulebook, members: digestsOf(members), refused: new Map() };
    if (before) {
      const all = [...(rows.get(before.step) ?? []), ...(rows.get(mark.step) ?? [])].map(packetOf);
      const some = all.filter((_, at) => at % Math.ceil(all.length / MOST_PACKETS) === 0);
      const aboutVips = [...before.book.rulebook.rules, ...rulebook.rules].some(({ stage }) => stage === 'preDnat');
      yield* inHalves({
        name: `${scenario} ${version}, "${before.step}" to "${mark.step}"`,
        before: before.book,
        after,
        packets: aboutVips ? [...some, ...PUBLIC_PACKETS] : some,
      });
    }
    before = { book: after, step: mark.step };
  }
}
