/**
 * What settings.ts says above each key. The comments are read from its text, so that one sentence serves the reader of the code, the reader of the
 * reference and the editor of the YAML. The walk over the schema then finds every key that has none.
 */
import { readFileSync } from 'node:fs';

const file = new URL('../../functions/settings.ts', import.meta.url);

/** "Firewall.placement.filter" -> comment. Keys of managerBase stand under managerBase. */
export function settingsComments(text = readFileSync(file, 'utf8')): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  /** names around the present line, with their indentation */
  let around: { readonly indent: number; readonly name: string }[] = [];
  let comment = '';
  let open = false;
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (open || trimmed.startsWith('/**')) {
      const said = trimmed
        .replace(/^\/\*\*/, '')
        .replace(/\*\/$/, '')
        .replace(/^\*/, '')
        .trim();
      comment = open ? `${comment} ${said}`.trim() : said;
      open = !trimmed.endsWith('*/');
      continue;
    }
    const key = /^(\s*)(?:export const |const )?([A-Za-z]+)(?::| = )/.exec(line);
    if (key) {
      const indent = (key[1] as string).length;
      around = [...around.filter((one) => one.indent < indent), { indent, name: key[2] as string }];
      if (comment) found.set(around.map(({ name }) => name).join('.'), comment);
    }
    if (trimmed !== '') comment = '';
  }
  return found;
}
