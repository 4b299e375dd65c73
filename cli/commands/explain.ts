/** `explain`: one packet, the verdict and the whole way to it. */
import type { Answer, Call } from '../command.ts';
import { cliError } from '../errors.ts';
import { type Explained, explain as explainPacket, type Verdict } from '../explain.ts';
import type { Look, Style } from '../io.ts';
import { known, Lens } from '../lens.ts';
import { packetOf, readArguments } from '../packet-words.ts';
import { pairs, wrap } from '../table-text.ts';
import { parseMoment, tellAsked } from '../time.ts';
import { policyKeyText, wayLines } from '../way-text.ts';

export async function explain(call: Call): Promise<Answer> {
  const place = await call.place();
  const { options } = call;
  const said = readArguments(call.arguments);
  const one = (name: string, typed: string | undefined) => onlyOne(name, options[name], typed);
  const { packet, cluster } = packetOf(
    {
      source: one('from', said.source),
      destination: one('to', said.destination),
      service: said.service,
      protocol: one('protocol', said.protocol ?? said.service?.split('/', 1)[0]),
      port: one('port', said.port),
      sourcePort: one('source-port', said.sourcePort),
      type: one('type', said.type),
      code: one('code', said.code),
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
    text: (look) => `${timeMs === undefined ? '' : `As of ${tellAsked(timeMs)}\n\n`}${showAll(answers, look)}`,
  };
}

/** The same thing said twice in two ways is a slip: nobody knows which was meant. @throws CEXT_CLI_USAGE */
function onlyOne(name: string, option: string | undefined, typed: string | undefined): string | undefined {
  if (option !== undefined && typed !== undefined && option !== typed)
    throw cliError('CEXT_CLI_USAGE', `--${name} ${option} and "${typed}" say different things; say one of them`);
  return option ?? typed;
}

const VERDICTS: Readonly<Record<Verdict, { readonly style: Style; readonly text: string }>> = {
  allow: { style: 'green', text: 'ALLOWED' },
  deny: { style: 'red', text: 'DENIED' },
  unmatched: { style: 'yellow', text: "LEFT TO THE ADMINISTRATOR'S OWN RULES" },
};

/** Firewalls that stand for the same border and say the same of the packet are told together: the way through the policies is one. */
function showAll(answers: readonly Explained[], look: Look): string {
  const alike = Map.groupBy(answers, ({ border, verdict, translation, logged, decidedBy, outOfScope, way }) =>
    JSON.stringify([border, verdict, translation, logged, decidedBy, outOfScope, way]),
  );
  return [...alike.values()].map((group) => show(group, look)).join('\n\n');
}

function show(group: readonly Explained[], look: Look): string {
  const { paint, width } = look;
  const [one] = group;
  if (!one) return '';
  const firewalls = group.map(({ firewall }) => firewall);
  const out = [
    paint('bold', one.packet),
    ...wrap(
      `${one.direction}, cluster ${one.cluster}, border ${one.border} on ${firewalls.length === 1 ? 'firewall' : 'firewalls'} ${firewalls.join(', ')}`,
      width,
    ),
    headline(one, look),
    '',
  ];
  out.push(...wayLines(one.way, look));
  if (one.outOfScope !== undefined)
    out.push(
      one.way.length === 0
        ? `  No policy is asked: ${one.outOfScope}.`
        : `  Behind the DNAT: ${one.outOfScope}. Ask again with the address of the pod that the VIP leads to.`,
    );
  for (const each of group) {
    out.push('', `  ${paint('bold', `firewall ${each.firewall}`)}`, ...ruleLines(each, look));
    for (const note of each.notes)
      out.push(...wrap(`note: ${note}`, Math.max(40, width - 4)).map((line) => paint('yellow', `    ${line}`)));
  }
  return out.join('\n');
}

function headline({ verdict, decidedBy, direction, translation, logged, way }: Explained, { paint }: Look): string {
  const { style, text } = VERDICTS[verdict];
  const parts = [paint(['bold', style] as Style, text)];
  if (decidedBy?.policy !== undefined) parts.push(` by ${policyKeyText(decidedBy.policy)}, ${direction} rule ${decidedBy.rule}`);
  else if (decidedBy) parts.push(` by the end of tier ${decidedBy.tier}`);
  // The rule allows, and the settings of the pair do not let this cluster go there.
  if (verdict === 'deny' && way.at(-1)?.policies.at(-1)?.outcome === 'allow')
    parts.push(paint('yellow', ', which allows it, but the address is in none of the destinations that the settings allow this cluster'));
  if (translation) parts.push(`; leaves ${translation}`);
  else if (verdict === 'allow' && direction === 'egress') parts.push("; its address is left to the administrator's NAT");
  if (logged) parts.push('; logged');
  return parts.join('');
}

function ruleLines({ compiled, onFirewall, agrees }: Explained, { paint, width }: Look): string[] {
  const same = onFirewall?.rule !== undefined && onFirewall.rule.id === compiled.rule?.id;
  const rows: [string, string][] = [
    ['compiled rule', compiled.rule ? `${compiled.rule.id}  ${compiled.rule.text}` : 'none: no rule of ours matches'],
    ...(compiled.rule && !same ? [['', `from ${compiled.rule.from}`] as [string, string]] : []),
    ['on the device', onDevice(onFirewall, same)],
  ];
  const well = `    ${paint('green', 'Our rules there do what the policies say.')} Replies and established connections pass.`;
  return [...pairs(rows, width, 4), ...(onFirewall && agrees ? [well] : [])];
}

/** The rule there, in words where it is another one than was compiled, and where it comes from. */
function onDevice(onFirewall: Explained['onFirewall'], same: boolean): string {
  if (!onFirewall) return 'nothing yet';
  const { rule, plan, at, approvedBy } = onFirewall;
  if (!rule) return "no rule of ours matches: the administrator's own rules decide";
  const since = plan ? `, since ${at?.slice(0, 19).replace('T', ' ')} UTC by plan ${plan}` : '';
  return `${rule.name}${same ? '' : `  ${rule.text}`}${since}${approvedBy ? `, approved by ${approvedBy}` : ''}`;
}
