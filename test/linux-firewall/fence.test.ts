/** Two processes write by turns: what the ledger says of the last one spares asking the box for its fence, and what it says wrongly costs no more than asking. */
import { expect, test } from '@jest/globals';
import { type Box, refusalOf } from '../../functions/firewalls/linux/box.ts';
import { Executor } from '../../functions/firewalls/linux/execute.ts';
import { addressSet, bookOf, contextOf, desiredOf, rule } from './desired.ts';

class FakeBox {
  fence = 3;
  readonly asked: string[] = [];

  async run(verb: string) {
    this.asked.push(verb);
    const set = { family: 'inet', table: 'cf_edge', type: ['mark', 'mark'], handle: 1 };
    const sets = [
      { set: { ...set, name: 'fence_members', elem: [{ concat: [0, this.fence] }] } },
      { set: { ...set, name: 'revision', elem: [{ concat: [0, 1] }] } },
    ];
    return { code: 0, stdout: JSON.stringify({ nftables: sets }), stderr: '' };
  }

  async apply(_table: string, lines: readonly string[]): Promise<void> {
    this.asked.push('apply');
    const number = (line = '') => Number(/ (\d+) }$/.exec(line)?.[1]);
    if (number(lines[0]) !== this.fence) throw refusalOf(1, 'stdin:1:1-2: Error: No such file or directory', { manager: 'box' });
    this.fence = number(lines[1]);
  }
}

test('the fence of whoever wrote last is known from the ledger, and asked for only where that is wrong', async () => {
  const box = new FakeBox();
  const desired = desiredOf(bookOf([rule('r1')], [addressSet('aa')]), new Map([['aa', new Set(['10.10.0.1/32'])]]));
  const change = { kind: 'members', table: 'cf_edge', changes: [{ set: 'aa', added: ['10.10.0.1/32'], removed: [] }] } as const;
  const [one, other] = [new Executor(box as unknown as Box), new Executor(box as unknown as Box)];
  const write = async (executor: Executor, number: number, before?: number) => {
    box.asked.length = 0;
    const context = contextOf(desired, number);
    const fence = { ...context.fence, lane: 'members' as const, ...(before !== undefined && { before }) };
    expect(await executor.execute(change, desired, { ...context, fence })).toEqual({ kind: 'done', wrote: 1 });
    expect(box.fence).toBe(number);
    return box.asked;
  };
  expect(await write(one, 4)).toEqual(['fence', 'apply']);
  expect(await write(one, 5, 4)).toEqual(['apply']);
  expect(await write(other, 6, 5)).toEqual(['apply']);
  expect(await write(one, 7, 6)).toEqual(['apply']);
  // What the ledger says is older than what this process knows, or nobody wrote what it says.
  expect(await write(one, 9, 4)).toEqual(['apply']);
  expect(await write(other, 12, 10)).toEqual(['apply', 'fence', 'apply']);
});
