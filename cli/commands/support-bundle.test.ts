/** The support bundle: what is in it, and what never is. */
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { replaceConditions } from '../../functions/ledger/conditions.ts';
import { Desk } from '../../test/operator/desk.ts';
import { bundleOf } from './support-bundle.ts';

describe('support-bundle', () => {
  test('holds what helps and nothing secret', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', 'start');
    const canaries = [
      's3cr3t-session',
      '123456789012',
      '210987654321',
      'cextfire/secret/name',
      'arn:aws:iam::1:role/x',
      'oidc.example',
      'LUFRPT1leaked',
      'hunter2',
      'b3BlbnNzaC1rZXk',
      'AKIAIOSFODNN7EXAMPLE',
    ];
    // What a device or a person may have put into a text.
    const texts = [
      'GET https://fw/api/?type=op&key=LUFRPT1leaked&cmd=x failed',
      'the password: hunter2 was refused',
      '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----',
      'signed by AKIAIOSFODNN7EXAMPLE at https://sqs.eu-central-1.amazonaws.com/210987654321/q',
    ];
    const conditions = texts.map((message, n) => ({
      code: 'CEXT_X' as const,
      severity: 'error' as const,
      message,
      subject: { policy: `p${n}` },
    }));
    await replaceConditions(desk.way.table, 'm/structure', conditions, desk.way.nowMs, async () => {});
    await desk.way.table.update({ pk: 'lease', sk: 'structure#m' }, { session: 's3cr3t-session' });
    const [manager] = Object.values(desk.place.settings.managers);
    const [cluster] = Object.values(desk.place.settings.clusters);
    if (!manager || !cluster) throw new Error('the settings have no manager or cluster');
    const place = {
      ...desk.place,
      settings: {
        ...desk.place.settings,
        account: '123456789012',
        tags: { owner: 'arn:aws:iam::1:role/x' },
        managers: { m: { ...manager, secret: 'cextfire/secret/name' } },
        clusters: { pay: { ...cluster, sender: { oidcProvider: 'oidc.example', serviceAccount: 'a/b' } } },
      },
    };
    const files = await bundleOf(place);
    expect([...files.keys()].sort()).toEqual(
      [
        'README.txt',
        'history.json',
        'leases.json',
        'plans.json',
        'rules-edge.json',
        'settings.json',
        'status.json',
        'streams.json',
        'versions.json',
      ].sort(),
    );
    const whole = [...files.values()].join('\n');
    for (const canary of canaries) expect(whole).not.toContain(canary);
    expect(files.get('rules-edge.json')).toContain('border.payments-out');
    const folder = join(mkdtempSync(join(tmpdir(), 'cextfire-bundle-')), 'b');
    expect((await desk.type('support-bundle', '-o', folder)).code).toBe(0);
    expect(readdirSync(folder)).toHaveLength(9);
    expect(JSON.parse(readFileSync(join(folder, 'status.json'), 'utf8')).environment).toBe('test');
    expect((await desk.type('support-bundle', '-o', folder)).code).toBe(2);
    const packed = `${folder}.tar.gz`;
    expect((await desk.type('support-bundle', '-o', packed)).code).toBe(0);
    expect(readFileSync(packed).subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  });
});
