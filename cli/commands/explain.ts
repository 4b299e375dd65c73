/** `explain`: one packet, the verdict and the whole way to it. */
import type { PolicyStep, RuleStep, TierStep } from '../../functions/policy/evaluate.ts';
import type { Answer, Call } from '../command.ts';
import { cliError } from '../errors.ts';
import { type Explained, explain as explainPacket, policyKeyText, type Verdict } from '../explain.ts';
import type { Look, Style } from '../io.ts';
import { known, Lens } from '../lens.ts';
import { packetOf } from '../packet-words.ts';
import { wrap } from '../table-text.ts';
import { parseMoment, tellMoment } from '../time.ts';

export async function explain(call: Call): Promise<Answer> {
  const place = await call.place();
  const { options } = call;
  const [source, destination, service, ...more] = call.arguments;
  if (more.length > 0) throw cliError('CEXT_CLI_USAGE', `"${more[0]}" is too much; write: cextfire explain SOURCE DESTINATION tcp/443`);
  const { packet, cluster } = packetOf(
    {
      source: options.from ?? source,
      destination: options.to ?? destination,
      service,
      protocol: options.protocol,
      port: options.port,
      sourcePort: options['source-port'],
      type: options.type,
      code: options.code,
      direction: options.direction,
      cluster: options.cluster,
    },
    place.settings,
  );
  if (options.firewall !== undefined) known('firewall', options.firewall, place.settings.firewalls);
  const timeMs = options.at === undefined ? undefined : parseMoment(options.at, place.now(), '--at');
  const answers = await explainPacket(new Lens(place, timeMs), cluster, packet, options.firewall);
  if (answers.length === 0) {
    const on = place.settings.pairs.filter((pair) => pair.cluster === cluster).map(({ firewall }) => firewall);
    throw cliError(
      'CEXT_CLI_UNKNOWN_NAME',
      `cluster ${cluster} does not use firewall ${options.firewall ?? ''}; it uses: ${on.join(', ') || 'none'}`,
    );
  }
  const value = { atMs: timeMs ?? place.now(), answers };
  return {
    value,
    attention: answers.some(({ verdict, agrees }) => verdict !== 'allow' || !agrees),
    text: (look) =>
      [...(timeMs === undefined ? [] : [`As of ${tellMoment(timeMs)}`, '']), ...answers.map((one) => show(one, look))].join('\n'),
  };
}

const VERDICTS: Readonly<Record<Verdict, { readonly style: Style; readonly text: string }>> = {
  allow: { style: 'green', text: 'ALLOWED' },
  deny: { style: 'red', text: 'DENIED' },
  unmatched: { style: 'yellow', text: "LEFT TO THE ADMINISTRATOR'S OWN RULES" },
};

function show(one: Explained, look: Look): string {
  const { paint } = look;
  const { style, text } = VERDICTS[one.verdict];
  const by = one.decidedBy
    ? one.decidedBy.policy === undefined
      ? `by the end of tier ${one.decidedBy.tier}`
      : `by ${policyKeyText(one.decidedBy.policy)}, ${one.direction} rule ${one.decidedBy.rule}`
    : '';
  const out = [
    `${paint('bold', one.packet)}  ${one.direction}, cluster ${one.cluster}, border ${one.border} on firewall ${one.firewall}`,
    `${paint(['bold', style] as Style, text)}${one.translation ? `, leaves ${one.translation}` : ''}${one.logged ? ', logged' : ''}${by && ` ${by}`}`,
    '',
  ];
  if (one.outOfScope !== undefined) out.push(`  No policy is asked: ${one.outOfScope}.`);
  for (const tier of one.way) out.push(...showTier(tier, look));
  out.push('', ...showRules(one, look));
  for (const note of one.notes)
    out.push(...wrap(`note: ${note}`, Math.max(40, look.width - 2)).map((line) => paint('yellow', `  ${line}`)));
  return `${out.join('\n')}\n`;
}

const ENDS: Readonly<Record<TierStep['outcome'], string>> = {
  allow: 'allows',
  deny: 'denies',
  pass: 'passes to the next tier',
  'end: drop': 'no policy decided: dropped at its end',
  'end: left to the administrator': "no policy decided: left to the administrator's rules",
  'end: next tier': 'no policy decided: next tier',
  'nothing enforced': 'has no enforced policy here',
};

function showTier({ tier, stage, outcome, policies }: TierStep, look: Look): string[] {
  const { paint } = look;
  const style: Style = outcome === 'allow' ? 'green' : outcome === 'deny' || outcome === 'end: drop' ? 'red' : 'dim';
  return [
    `  ${paint('bold', `tier ${tier}`)}${stage === 'preDnat' ? ' (before DNAT)' : ''}  ${paint(style, ENDS[outcome])}`,
    ...policies.flatMap((policy) => showPolicy(policy, look)),
  ];
}

function showPolicy({ policy, outcome, rules }: PolicyStep, look: Look): string[] {
  const { paint } = look;
  const style: Style = outcome === 'allow' ? 'green' : outcome === 'deny' ? 'red' : 'dim';
  return [`    ${policyKeyText(policy)}  ${paint(style, outcome)}`, ...rules.flatMap((rule) => showRule(rule, look))];
}

function showRule({ direction, index, action, matched, why }: RuleStep, { paint, width }: Look): string[] {
  const mark = matched ? paint('green', 'yes') : paint('dim', 'no ');
  const head = `      ${mark} ${direction} rule ${index + 1} ${action.padEnd(5)}`;
  const room = Math.max(30, width - 34);
  const [first = '', ...rest] = wrap(why, room);
  return [`${head}  ${first}`, ...rest.map((line) => ' '.repeat(34) + line)];
}

function showRules(one: Explained, { paint }: Look): string[] {
  const out: string[] = [];
  const { compiled, onFirewall } = one;
  const same = onFirewall?.rule !== undefined && onFirewall.rule.id === compiled.rule?.id;
  if (compiled.rule) {
    out.push(`  compiled rule  ${paint('bold', compiled.rule.id)}  ${compiled.rule.text}`);
    if (!same) out.push(`                 from ${compiled.rule.from}`);
  } else out.push('  compiled rule  none: no rule of ours matches');
  if (!onFirewall) out.push(`  on the device  ${paint('yellow', 'nothing yet')}`);
  else if (onFirewall.rule) {
    const since = onFirewall.plan ? `, since ${onFirewall.at?.slice(0, 19).replace('T', ' ')} UTC by plan ${onFirewall.plan}` : '';
    const approved = onFirewall.approvedBy ? `, approved by ${onFirewall.approvedBy}` : '';
    const text = same ? '' : `  ${onFirewall.rule.text}`;
    out.push(`  on the device  ${paint('bold', onFirewall.rule.name)}${text}${since}${approved}`);
  } else out.push("  on the device  no rule of ours: the administrator's own rules decide");
  if (onFirewall && one.agrees)
    out.push(`  ${paint('green', 'The firewall does what the policies say.')} Replies and established connections pass.`);
  return out;
}
