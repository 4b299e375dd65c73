/**
 * An nft without all rights has a small socket: it says "Message too long" and does nothing. A program before nft on the box does the same to every script
 * above a size, so that the connector has to find out what fits and go on from there.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Connector } from '../../functions/firewalls/contract.ts';
import { needs } from '../requirements.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary-folder.ts';
import { addressSet, nets, rule, sets } from '../worlds/rule.ts';
import { bookOf, bringTo, connectTo, desiredOf, finish, read } from './desired.ts';
import { type LinuxBorder, startLinuxBorder } from './rig.ts';

const MOST_BYTES = 40_000;
const NARROW = `#!/bin/sh
FOLDER=$1 NFT=$2
shift 2
case " $* " in *' -f - '*) ;; *) exec "$NFT" "$@" ;; esac
cat >"$FOLDER/script"
SIZE=$(wc -c <"$FOLDER/script")
echo "$SIZE" >>"$FOLDER/sizes"
if [ "$SIZE" -gt ${MOST_BYTES} ]; then
  echo 'netlink: Error: Could not process rule: Message too long' >&2
  exit 1
fi
exec "$NFT" "$@" <"$FOLDER/script"
`;

needs(
  'namespaces',
  'nft',
  'ip',
  'sshd',
)('a box that takes short scripts only', () => {
  let kept: TemporaryFolder;
  let folder: string;
  let border: LinuxBorder;
  let connector: Connector;
  const sizes = () => (existsSync(join(folder, 'sizes')) ? readFileSync(join(folder, 'sizes'), 'utf8').trim().split('\n').map(Number) : []);

  beforeAll(async () => {
    kept = temporaryFolder('narrow');
    folder = kept.path;
    writeFileSync(join(folder, 'narrow.sh'), NARROW);
    border = await startLinuxBorder({ name: 'narrow', through: ['sh', join(folder, 'narrow.sh'), folder] });
    connector = connectTo(border);
  });
  afterAll(async () => {
    await connector?.close();
    await border?.close();
    kept?.remove();
  });

  test('a large set, many rules and many members at once arrive whole; once it has said so, what is sent is short', async () => {
    const many = Array.from({ length: 25_000 }, (_, at) => `10.10.${at >> 8}.${at & 255}/32`);
    const members = new Map([['aa', new Set([...many, '10.10.128.0/17'])]]);
    const rules = Array.from({ length: 600 }, (_, at) =>
      rule(`m${at}`, { source: sets('aa'), destination: nets(`203.${at >> 8}.${at & 255}.0/24`) }),
    );
    const desired = desiredOf(bookOf(rules, [addressSet('aa')]), members);
    await bringTo(connector, desired);
    const refused = sizes().filter((size) => size > MOST_BYTES);
    expect(refused.length).toBeGreaterThan(0);
    // Halves of the first long script, and once more for lines of rules, which are longer than those of elements.
    expect(refused.length).toBeLessThan(16);
    const state = (await read(connector, desired)).firewalls.get('edge');
    expect(state?.sets.get('aa')?.digest).toBe(desired.members.digest('aa'));
    expect(state?.rulebook.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    expect(connector.plan(await read(connector, desired), new Map([['edge', desired]])).steps).toEqual([]);

    if (!state) return;
    const come = new Set(Array.from({ length: 4_000 }, (_, at) => `10.11.${at >> 8}.${at & 255}/32`));
    const gone = new Set(many.slice(0, 3_000));
    const after = desiredOf(
      desired.rulebook,
      new Map([['aa', new Set([...(members.get('aa') ?? []), ...come].filter((one) => !gone.has(one)))]]),
    );
    const before = sizes().length;
    for (const step of connector.planMembers(state, after, [{ set: 'aa', added: come, removed: gone }]))
      expect(await finish(connector, step, after)).toMatchObject({ kind: 'done' });
    expect(Math.max(...sizes().slice(before))).toBeLessThanOrEqual(MOST_BYTES);
    expect((await read(connector, after)).firewalls.get('edge')?.sets.get('aa')?.digest).toBe(after.members.digest('aa'));
  });
});
