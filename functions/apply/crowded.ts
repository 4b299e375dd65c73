/** A pair's `maxMembers`: others share the device, so a cluster that wants more there does not grow, whichever way it asks. */
import type { Rulebook, SetDefinition, SetId } from '../rulebook/types.ts';
import type { Settings } from '../settings.ts';

export interface Counted {
  /** of the firewall */
  readonly name: string;
  /** by cluster */
  readonly views: ReadonlyMap<string, unknown>;
  memberCount(cluster: string, sets: ReadonlyMap<SetId, SetDefinition>): number;
}

/** Clusters whose sets in this rulebook hold more members than their pair allows, with what to say of it. */
export function tooManyMembers(warm: Counted, { pairs }: Pick<Settings, 'pairs'>, { sets }: Rulebook): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const cluster of warm.views.keys()) {
    const most = pairs.find((pair) => pair.cluster === cluster && pair.firewall === warm.name)?.maxMembers;
    const count = warm.memberCount(cluster, sets);
    if (most !== undefined && count > most)
      out.set(cluster, `cluster ${cluster} wants ${count} members on ${warm.name}, its pair allows ${most} (maxMembers); they do not grow`);
  }
  return out;
}
