import { ANNOTATIONS, PREFIX } from '../../functions/policy/annotations.ts';
import { code, madeFrom, table } from './markdown.ts';

/** docs/reference/annotations.md */
export function annotationsPage(): string {
  const rows = Object.entries(ANNOTATIONS).map(([name, { value, meaning }]) => [code(PREFIX + name), value, meaning]);
  return `${madeFrom('functions/policy/annotations.ts')}
# Annotations

They stand on the **rule**, not on the policy: Felix passes on no others.

\`\`\`yaml
egress:
- action: Allow
  source: {selector: app == 'payments'}
  destination: {nets: [203.0.113.0/24]}
  metadata:
    annotations:
      cextfire.io/snat: 198.51.100.7
\`\`\`

${table(['annotation', 'value', 'what'], rows)}

A misspelled name, a value of another form, a translation on a rule that cannot have one, or an id that stands twice is the condition
\`CEXT_POLICY_ANNOTATION\`: the policy stays at its last good version until it is mended. Annotations of other owners are left alone.
Every line of output about a rule shows these texts, so a ticket or an owner is never far from what stands on the firewall.
`;
}
