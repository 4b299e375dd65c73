/** Tables and the first line of generated pages. */

export const madeFrom = (source: string) => `<!-- Made by npm run generate from ${source}. Do not edit. -->\n`;

/** A cell may hold no bar and no line break. */
export const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s*\n\s*/g, ' ');
export const code = (text: string) => `\`${text}\``;

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
