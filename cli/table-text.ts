/** A table as text. The widest column is wrapped so that the whole fits; numbers stand right. Where it cannot fit, a row is a block of lines. */

/** Colours one cell, after it was measured and padded; the row is -1 for the head. */
export type PaintCell = (text: string, row: number, column: number) => string;

export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  width: number,
  paint: PaintCell = (text) => text,
): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const gaps = 2 * (head.length - 1);
  const sum = () => widths.reduce((total, each) => total + each, gaps);
  // Takes from the widest until it fits; below twelve characters a column cannot be read, and the first holds names, which people copy whole.
  const longest = Math.max(...all.map(([name = '']) => Math.max(...name.split(' ').map(({ length }) => length))));
  const least = head.map((_, column) => (column === 0 ? Math.max(12, longest) : 12));
  while (sum() > width) {
    const room = widths.map((wide, column) => (wide > (least[column] ?? 0) ? wide : 0));
    const widest = room.indexOf(Math.max(...room));
    if (room[widest] === 0) return blocks(head, rows, width, paint);
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  const numeric = head.map((_, column) => rows.every((row) => /^\d*$/.test(row[column] ?? '')));
  const line = (row: readonly string[], at: number) => {
    const cells = row.map((text, column) => wrap(text, widths[column] ?? 0));
    const height = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: height }, (_, part) =>
      cells
        .map((cell, column) => {
          const text = cell[part] ?? '';
          const last = column === row.length - 1;
          const padded = numeric[column] ? text.padStart(widths[column] ?? 0) : last ? text : text.padEnd(widths[column] ?? 0);
          return text === '' ? padded : paint(padded, at, column);
        })
        .join('  ')
        .trimEnd(),
    );
  };
  return [...line(head, -1), widths.map((each) => '-'.repeat(each)).join('  '), ...rows.flatMap(line)].join('\n');
}

/** The first cell of a row, and under it what else it says, a line each. */
function blocks(head: readonly string[], rows: readonly (readonly string[])[], width: number, paint: PaintCell): string {
  return rows
    .map((row, at) => {
      const said = row.flatMap((text, column) =>
        column === 0 || text === '' ? [] : [[head[column] ?? '', text.length > 24 ? text : paint(text, at, column)] as const],
      );
      return [paint(row[0] ?? '', at, 0), ...(said.length === 0 ? [] : pairs(said, width))].join('\n');
    })
    .join('\n');
}

/** Names and what is said of them: two columns, the second wrapped under itself. */
export function pairs(rows: readonly (readonly [string, string])[], width: number, indent = 2): string[] {
  const left = Math.max(...rows.map(([name]) => name.length));
  const room = Math.max(24, width - indent - left - 2);
  return rows.flatMap(([name, text]) =>
    wrap(text, room).map((line, at) => `${' '.repeat(indent)}${(at === 0 ? name : '').padEnd(left)}  ${line}`),
  );
}

/** At spaces where there are any, else anywhere. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    const space = rest.lastIndexOf(' ', width);
    const cut = space > 0 ? space : width;
    lines.push(rest.slice(0, cut));
    rest = rest.slice(cut).trimStart();
  }
  return [...lines, rest];
}
