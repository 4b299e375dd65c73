/** The report in a real browser, without a network: to walk through by mouse and keyboard, to search, with hostile names in it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Browser, chromium, type Page } from 'playwright-core';
import { findProgram, isRoot, requirePrograms } from '../../test/linux-firewall/programs.ts';
import { Desk } from '../../test/operator/desk.ts';
import { needs } from '../../test/requirements.ts';
import { gatherReport, type ReportData } from './data.ts';
import { pageOf } from './page.ts';

const HOSTILE = '</script><script>window.owned = 1</script><img src=x onerror="window.owned = 2">';
/** Turns what follows it round: "deny" would read "yned". */
const RIGHT_TO_LEFT = '\u202e';
const LONG = 'W'.repeat(253);

needs('chromium')('the report in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cextfire-report-'));
  let browser: Browser;
  let data: ReportData;

  beforeAll(async () => {
    const desk = new Desk();
    await desk.play('02-tiers-and-pass', 'order swapped');
    data = await gatherReport(desk.place, desk.way.nowMs - 86_400_000);
    const executablePath = findProgram('chromium') ?? requirePrograms(['chromium'], () => undefined).chromium ?? '';
    // Chromium refuses its sandbox to root.
    browser = await chromium.launch({ executablePath, args: isRoot() ? ['--no-sandbox'] : [] });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(shown: ReportData, options: Parameters<Browser['newPage']>[0] = {}): Promise<{ page: Page; problems: string[] }> {
    const file = join(folder, `${Math.random()}.html`);
    writeFileSync(file, pageOf(shown));
    const page = await browser.newPage({ viewport: { width: 1300, height: 900 }, ...options });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => problems.push(message.text()));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) problems.push(`request of ${request.url()}`);
    });
    await page.goto(pathToFileURL(file).href);
    return { page, problems };
  }
  const titles = (page: Page, which = '.node') =>
    page.locator(which).evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));

  test('shows clusters, policies, rules and firewalls, and choosing one lights what hangs together with it', async () => {
    const { page, problems } = await open(data);
    expect(await page.locator('.node').count()).toBe(1 + data.policies.length + data.rules.length + 1);
    await page.locator('[aria-label^="policy border.web"]').click();
    const lit = await titles(page, '.node.on');
    expect(lit).toHaveLength(1 + 1 + data.rules.filter(({ policyName }) => policyName === 'border.web').length + 1);
    expect(await page.locator('aside h2').textContent()).toBe('border.web');
    expect(await page.locator('tbody tr').count()).toBe(2);
    await page.locator('tbody tr').last().click();
    expect(await page.locator('aside').textContent()).toContain(
      data.rules.filter(({ policyName }) => policyName === 'border.web').at(-1)?.name,
    );
    expect(problems).toEqual([]);
    await page.close();
  });

  test('can be walked by keyboard alone', async () => {
    const { page } = await open(data);
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
    await page.locator('.node').first().focus();
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
    const focused = await page.evaluate('document.activeElement.getAttribute("data-key")');
    expect(String(focused)).toMatch(/^r edge /);
    expect(await page.locator('.node.chosen').getAttribute('data-key')).toBe(focused);
    await page.keyboard.press('Escape');
    expect(await page.locator('.node.chosen').count()).toBe(0);
    await page.close();
  });

  test.each([
    [
      'an address that is a member of a set',
      () => '10.10.1.5',
      (rule: ReportData['rules'][number]) => rule.text.includes("tier == 'front'"),
    ],
    ['a label', () => "tier == 'front'", (rule: ReportData['rules'][number]) => rule.text.includes("tier == 'front'")],
    ['a policy', () => 'border.web', (rule: ReportData['rules'][number]) => rule.policyName === 'border.web'],
    ['a rule id', () => data.rules[3]?.id ?? '', (rule: ReportData['rules'][number]) => rule.id === data.rules[3]?.id],
    ['a name on the device', () => data.rules[4]?.name ?? '', (rule: ReportData['rules'][number]) => rule.id === data.rules[4]?.id],
  ])('finds by %s', async (_, query, wanted) => {
    const { page } = await open(data);
    await page.locator('input').fill(query());
    const found = await page.locator('tbody tr td:last-child').allTextContents();
    const names = data.rules.filter(wanted).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(0);
    expect(found).toEqual(expect.arrayContaining(names));
    expect(found.length).toBeLessThan(data.rules.length);
    await page.close();
  });

  test('an address that nobody has finds only the rules that name a prefix around it', async () => {
    const { page } = await open(data);
    await page.locator('input').fill('203.0.113.6');
    const found = await page.locator('tbody tr td:last-child').allTextContents();
    expect(found).toEqual(data.rules.filter(({ prefixes }) => prefixes.includes('203.0.113.6/32')).map(({ name }) => name));
    await page.locator('input').fill('172.16.9.9');
    expect(await page.locator('tbody tr').count()).toBe(0);
    await page.close();
  });

  test('a condition of a policy leads to it, and colours it', async () => {
    const desk = new Desk();
    await desk.play('03-nat', 'wrong annotation');
    const refused = await gatherReport(desk.place, desk.way.nowMs - 86_400_000);
    const { page, problems } = await open(refused);
    const line = page.locator('.condition', { hasText: 'CEXT_POLICY_ANNOTATION' });
    expect(await line.textContent()).toContain('GlobalNetworkPolicy border.mail, egress rule 1, cextfire.io/snat');
    expect(await line.textContent()).toContain('what to do: docs/runbooks/policy-refused.md');
    await line.getByRole('button', { name: 'show border.mail' }).click();
    expect(await page.locator('.node.chosen').getAttribute('aria-label')).toMatch(/^policy border\.mail/);
    expect(await page.locator('.node.chosen .stripe').getAttribute('class')).toBe('stripe error');
    expect(await page.locator('aside').textContent()).toContain('CEXT_POLICY_ANNOTATION');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('on a narrow page the columns stand below one another, and rules are cards', async () => {
    const { page } = await open(data, { viewport: { width: 390, height: 800 } });
    const lefts = await page.locator('.node').evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().left)));
    expect(new Set(lefts).size).toBe(1);
    await page.locator('[aria-label^="policy border.web"]').click();
    expect(await page.locator('.node.on').count()).toBeGreaterThan(2);
    expect(await page.locator('thead').isVisible()).toBe(false);
    await page.close();
  });

  test('a rule of the table is chosen by keyboard, and the focus stays there', async () => {
    const { page } = await open(data);
    await page.locator('tbody button').nth(2).focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('aside h2').count()).toBe(1);
    const row = await page.evaluate('document.activeElement.getAttribute("data-row")');
    expect(await page.locator('.node.chosen').getAttribute('data-key')).toBe(row);
    await page.close();
  });

  test('ten thousand rules: some are drawn, all are found', async () => {
    const [policy] = data.policies;
    const [rule] = data.rules;
    if (!policy || !rule) throw new Error('the world has no rule or policy');
    const { page, problems } = await open({
      ...data,
      policies: Array.from({ length: 2_000 }, (_, n) => ({ ...policy, id: `pay many-${n}`, name: `many-${n}` })),
      rules: Array.from({ length: 10_000 }, (_, n) => ({
        ...rule,
        id: `id${n}`,
        name: `cf_rid${n}`,
        policy: `pay many-${n % 2_000}`,
        from: `many-${n % 2_000}, egress rule 1`,
        prefixes: [`203.0.${n >> 8}.${n & 255}/32`],
        sets: [],
      })),
    });
    expect(await page.locator('.node').count()).toBe(1 + 20 + 20 + 1);
    expect(await page.locator('tbody tr').count()).toBe(200);
    for (const [query, found] of [
      ['203.0.38.9', ['cf_rid9737']],
      ['cf_rid777', ['cf_rid777', ...Array.from({ length: 10 }, (_, n) => `cf_rid777${n}`)]],
      ['many-1999', [1999, 3999, 5999, 7999, 9999].map((n) => `cf_rid${n}`)],
    ] as const) {
      await page.locator('input').fill(query);
      expect(await page.locator('tbody tr td:last-child').allTextContents()).toEqual(found);
    }
    expect(problems).toEqual([]);
    await page.close();
  });

  test('names of users are text: nothing of them runs', async () => {
    const [rule] = data.rules;
    const [policy] = data.policies;
    const [change] = data.changes;
    if (!rule || !policy || !change) throw new Error('the world has no rule, policy or change');
    const hostile: ReportData = {
      ...data,
      title: HOSTILE,
      environment: HOSTILE,
      policies: data.policies.map((one) => ({ ...one, name: HOSTILE, selector: HOSTILE })),
      rules: data.rules.map((one) => ({
        ...one,
        text: `allow ${HOSTILE} from ${HOSTILE}`,
        from: HOSTILE,
        annotations: { [HOSTILE]: HOSTILE },
      })),
      conditions: [
        {
          code: 'CEXT_X',
          severity: 'error',
          cluster: HOSTILE,
          firewall: null,
          manager: null,
          policy: null,
          policyId: '',
          rule: HOSTILE,
          field: null,
          about: HOSTILE,
          since: '',
          sinceMs: null,
          message: HOSTILE,
          runbook: HOSTILE,
        },
      ],
      changes: [{ ...change, what: HOSTILE, opens: [HOSTILE] }],
    };
    const { page, problems } = await open(hostile);
    await page.locator('.node').nth(8).click();
    expect(await page.evaluate('window.owned')).toBeUndefined();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('h1').textContent()).toContain(HOSTILE);
    expect(problems).toEqual([]);
    await page.close();
  });

  test('no name turns a line round or leaves its box', async () => {
    const [first, ...others] = data.policies;
    if (!first) throw new Error('the world has no policy');
    const { page } = await open({
      ...data,
      policies: [{ ...first, name: LONG }, ...others.map((one) => ({ ...one, name: `${RIGHT_TO_LEFT}x` }))],
    });
    expect(await page.evaluate('document.body.textContent')).not.toContain(RIGHT_TO_LEFT);
    const node = page.locator(`[aria-label^="policy ${LONG}"]`);
    const widthOf = async (part: string) => Number(await node.locator(part).getAttribute('width'));
    expect(12 + (await widthOf('svg'))).toBeLessThan(await widthOf('.box'));
    expect(await page.evaluate('getComputedStyle(document.querySelector(".node svg")).overflow')).toBe('hidden');
    await page.close();
  });

  test('what waits is told: a held plan with its rules and how to approve it', async () => {
    const desk = new Desk();
    await desk.play('01-first-rule', undefined, false);
    const waiting = await gatherReport(desk.place, desk.way.nowMs - 86_400_000);
    const { page, problems } = await open(waiting);
    const section = page.locator('h2:has-text("Plans that wait") + .card');
    const text = String(await section.textContent());
    expect(text).toContain('no rule of cluster pay would be left (2 now)');
    expect(text).toMatch(/- \w+ {2}allow tcp .* from app == 'payments'/);
    expect(text).toContain(`cextfire approve ${waiting.plans[0]?.hash}`);
    expect(await page.locator('.chips').textContent()).toContain('1 plan that waits');
    expect(problems).toEqual([]);
    await page.close();
    const { page: calm } = await open(data);
    expect(await calm.locator('h2').allTextContents()).not.toContain('Plans that wait');
    await calm.close();
  });

  test('an environment in which nothing is yet', async () => {
    const nothing = { ...data, clusters: [], policies: [], rules: [], sets: {}, firewalls: [], conditions: [], plans: [], changes: [] };
    const { page, problems } = await open(nothing);
    expect(await page.locator('main').textContent()).toContain('No condition holds.');
    expect(problems).toEqual([]);
    await page.close();
  });

  test('is printed light, also from a dark screen', async () => {
    const { page } = await open(data, { colorScheme: 'dark' });
    await page.locator('header button').click();
    await page.locator('header button').click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('getComputedStyle(document.querySelector(".card")).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await page.locator('header button').isVisible()).toBe(false);
    await page.close();
  });

  test.each(['light', 'dark'] as const)('is %s as the browser is, until the button is pressed', async (scheme) => {
    const { page } = await open(data, { colorScheme: scheme });
    const brightness = async () => {
      const colour = String(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
      return (colour.match(/\d+/g) ?? []).slice(0, 3).reduce((sum, each) => sum + Number(each), 0) / 3;
    };
    const before = await brightness();
    expect(before > 128).toBe(scheme === 'light');
    await page.locator('header button').click();
    expect((await brightness()) > 128).toBe(scheme === 'dark');
    await page.close();
  });

  test.each([360, 420, 900, 1800])('fits a window of %i: nothing but the picture and the table scrolls sideways', async (width) => {
    const { page } = await open(data, { viewport: { width, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true);
    await page.close();
  });
});
