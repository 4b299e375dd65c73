/** Members with the digests that a log would keep. */
import type { MemberSource, Members, SetId } from '../../functions/rulebook/types.ts';
import { Digest, memberLanes, setSeed } from '../../proto/digest.ts';

export const digestsOf = (source: Pick<MemberSource, 'members'>): MemberSource => ({
  members: (set) => source.members(set),
  digest: (set) => {
    const digest = new Digest();
    const seed = setSeed(set);
    for (const member of source.members(set)) digest.add(memberLanes(seed, member));
    return digest.text();
  },
});

/** Sets that are not in the map have no members. */
export const membersOf = (sets: ReadonlyMap<SetId, Members>): MemberSource => digestsOf({ members: (set) => sets.get(set) ?? new Set() });
