/** What was recorded on a real Kubernetes API server has no verdicts; reference/felix.md section 10 says what the rulebooks must be. */
import { expect, test } from '@jest/globals';
import { Compiler } from '../../functions/policy/compile.ts';
import { DerivedMembers, setFinder } from '../../functions/policy/members.ts';
import { listVersions, readRecording } from './recording.ts';
import { recordedView, wideInput } from './verdict-world.ts';

function booksOf(scenario: string, version: string) {
  const recording = readRecording(scenario, version);
  return recording.marks.map((mark) => {
    const input = wideInput(recordedView(recording, mark));
    const { rulebook, conditions } = new Compiler().compile(input);
    const members = new DerivedMembers(setFinder(input.clusters));
    members.use(rulebook);
    return {
      step: mark.step,
      refused: conditions.filter(({ severity }) => severity === 'error'),
      rules: rulebook.rules.map(({ action, direction, origin }) => `${direction} ${action} ${origin.policy?.kind ?? 'end of tier'}`),
      members: [...rulebook.sets.keys()].flatMap((set) => [...members.members(set)]).sort(),
    };
  });
}

test.each(['k1-services-and-staged', 'k2-pod-life', 'k3-outage'])(
  '%s: nothing is refused, nothing staged is enforced, all versions say the same',
  (scenario) => {
    const versions = listVersions(scenario).map((version) => booksOf(scenario, version));
    const [first = []] = versions;
    expect(first.length).toBeGreaterThan(0);
    for (const books of versions) {
      expect(books.flatMap(({ refused }) => refused)).toEqual([]);
      expect(books.flatMap(({ rules }) => rules).filter((rule) => rule.includes('Staged'))).toEqual([]);
      expect(books.map(({ step, rules }) => [step, rules])).toEqual(first.map(({ step, rules }) => [step, rules]));
    }
  },
);

test('a tier in which only staged policies are left ends in no drop', () => {
  for (const version of listVersions('k1-services-and-staged')) {
    const last = booksOf('k1-services-and-staged', version).at(-1);
    expect([version, last?.rules.filter((rule) => rule.startsWith('egress'))]).toEqual([version, []]);
  }
});
