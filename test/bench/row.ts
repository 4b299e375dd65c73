/** One figure of a bench. No test asserts one: they are printed, kept in history.jsonl, and told in docs/reference/figures.md. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** what the project wants, in words */
  readonly aim?: string;
  readonly note?: string;
}

export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

export function showTable(rows: readonly Row[]): string {
  const width = Math.max(0, ...rows.map(({ name }) => name.length));
  return rows
    .map(({ name, value, unit, aim, note }) => {
      const more = [aim && `aim ${aim}`, note].filter(Boolean).join('; ');
      return `${name.padEnd(width)} ${figure(value).padStart(11)} ${unit}${more ? `  (${more})` : ''}`;
    })
    .join('\n');
}

/** Three digits that count, and all digits of whole numbers. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return 'none';
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return String(Math.round(value));
  return value.toPrecision(3).replace(/e([+-]?)(\d+)$/, (_, sign, power) => `e${sign}${power}`);
}
