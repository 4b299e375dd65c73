import { describe, expect, test } from '@jest/globals';
import { table, wrap } from '../../cli/table-text.ts';
import { readFrames } from '../../proto/framing.ts';
import { cextfire } from '../../proto/generated/shipment.js';
import { packMembers } from '../../proto/members.ts';
import { listVersions, readRecording } from '../felix/recording.ts';
import { type BorderPicture, NOTHING_YET, tellDifference } from './border-watch.ts';
import { embeddedMetrics } from './execution.ts';
import { everyMs } from './schedule.ts';
import { tellFrame, tellShipment } from './story.ts';

describe('words', () => {
  test.each(listVersions('01-first-rule'))('of %s: both generations of the wire are told alike', (version) => {
    const frames = readFrames(readRecording('01-first-rule', version).stream(1));
    const told = frames.map((frame) => tellFrame(frame, () => 'payments pods'));
    expect(told).toContain('set payments pods = 10.10.1.5');
    expect(told).toContain('set payments pods + 10.10.1.6');
    expect(told).toContain('policy border.payments-out (tier border): 1 egress rule');
    expect(told).toContain('HostEndpoint edge is gone');
  });

  test('a shipment says what it changes, a heartbeat nothing', () => {
    const changes = {
      members: [{ set: 's1', added: packMembers(['10.0.0.1/32', 'fd00::1/128']) }],
      removed: [{ kind: cextfire.Kind.SET, key: 's2' }],
    };
    expect(tellShipment({ sequence: 7, changes }, 99, (id) => id.toUpperCase())).toBe(
      'shipment 7: without set S2, set S1 + 10.0.0.1, fd00::1 (99 bytes)',
    );
    expect(tellShipment({ sequence: 8, heartbeat: {} }, 99, (id) => id)).toBeUndefined();
  });
});

describe('differences on the border', () => {
  const picture = (members: readonly string[], chain: string): BorderPicture => ({
    ...NOTHING_YET,
    sets: new Map([['s', new Set(members)]]),
    rules: new Map([['r', new Map([[chain, []]])]]),
  });
  const names = { rule: () => 'allow web', set: () => 'web pods' };

  test('new, changed, gone', () => {
    const first = picture(['10.0.0.1/32'], 'cf_rr_00001');
    expect(tellDifference(NOTHING_YET, first, names)).toEqual(['new set: web pods = 10.0.0.1', 'new rule: allow web']);
    expect(tellDifference(first, picture(['10.0.0.2/32'], 'cf_rr_00002'), names)).toEqual([
      'set web pods: + 10.0.0.2 - 10.0.0.1',
      'rule written anew: allow web',
    ]);
    expect(tellDifference(first, NOTHING_YET, names)).toEqual(['set gone: web pods', 'rule gone: allow web']);
    expect(tellDifference(first, first, names)).toEqual([]);
  });
});

test('a table fits its width and keeps every word', () => {
  const text = table(['name', 'members'], [['a rather long name of a rule', '12']], 24);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(24);
  expect(text.replaceAll(/\s+/g, ' ')).toContain('a rather long 12 name of a rule');
  expect(wrap('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
});

test('metrics are read from embedded lines, every value with its dimensions', () => {
  const line = { _aws: { CloudWatchMetrics: [{ Namespace: 'n', Dimensions: [['d']], Metrics: [{ Name: 'M' }] }] }, d: 'x', M: [1, 2] };
  expect(embeddedMetrics(JSON.stringify(line)).map(({ value, dimensions }) => [value, dimensions])).toEqual([
    [1, { d: 'x' }],
    [2, { d: 'x' }],
  ]);
  expect(embeddedMetrics('plain text')).toEqual([]);
});

test('schedules by rate only', () => {
  expect([everyMs('a', 'rate(1 minute)'), everyMs('a', 'rate(2 hours)')]).toEqual([60_000, 7_200_000]);
  expect(() => everyMs('a', 'cron(0 0 * * ? *)')).toThrow('does not know the schedule');
});
