import { describe, expect, test } from '@jest/globals';
import { listRecordings } from '../../test/felix/recording.ts';
import { viewFromStream } from './view-from-stream.ts';

const all = listRecordings();
describe.each(all.map((recording) => [`${recording.scenario} ${recording.version}`, recording] as const))('%s', (_, recording) => {
  test('decodes in full, and the digest is that of the content', () => {
    for (let life = 1; life <= recording.lives; life++) {
      const { view, inSync } = viewFromStream('c', recording.stream(life));
      expect(inSync).toBe(true);
      expect(view.clusterGuid).not.toBe('');
      for (const policy of view.policies.values()) {
        expect(policy.tier).not.toBe('');
        expect(policy.name).not.toBe('');
      }
      for (const endpoint of view.hostEndpoints.values())
        for (const tier of endpoint.forwardTiers)
          for (const key of [...tier.ingress, ...tier.egress]) expect(view.policies.get(key)?.key).toBe(key);
      for (const host of view.hosts.values()) expect(host.addresses.length).toBeGreaterThan(0);
    }
  });
});
