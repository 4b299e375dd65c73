/** "Did you mean": the name that somebody who mistyped it may have meant. */

/** undefined where none is near: an edit or two away, or the only one that begins so. */
export function nearest(word: string, names: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const most = typed.length < 4 ? 1 : 2;
  const ranked = names
    .map((name) => ({ name, edits: distance(name.toLowerCase(), typed, most) }))
    .filter(({ edits }) => edits <= most)
    .sort((a, b) => a.edits - b.edits);
  if (ranked[0]) return ranked[0].name;
  const [only, ...more] = typed.length < 2 ? [] : names.filter((name) => name.toLowerCase().startsWith(typed));
  return more.length === 0 ? only : undefined;
}

/** Edits between two words; more than `most` is only told as more. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}
