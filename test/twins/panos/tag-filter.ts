/** The match expression of a dynamic address group: 'tag' and ('other' or 'third'). */

export type TagFilter =
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'and' | 'or'; readonly left: TagFilter; readonly right: TagFilter };

/** undefined: the device would refuse it. Words without quotes are tags too, if they have no space. */
export function parseFilter(text: string): TagFilter | undefined {
  const tokens: string[] = [];
  const token = /\s*('[^']*'|"[^"]*"|[()]|[^\s()'"]+)\s*/y;
  while (token.lastIndex < text.length) {
    const match = token.exec(text);
    if (!match) return undefined;
    tokens.push(match[1] as string);
  }
  let at = 0;
  const primary = (): TagFilter | undefined => {
    const token = tokens[at++];
    if (token === undefined || token === ')' || /^(and|or|not)$/i.test(token)) return undefined;
    if (token === '(') {
      const inside = either();
      return tokens[at++] === ')' ? inside : undefined;
    }
    const tag = /^['"]/.test(token) ? token.slice(1, -1).trim() : token;
    return tag === '' ? undefined : { kind: 'tag', tag };
  };
  const binary = (word: 'and' | 'or', next: () => TagFilter | undefined) => (): TagFilter | undefined => {
    let left = next();
    while (left && tokens[at]?.toLowerCase() === word) {
      at++;
      const right = next();
      left = right && { kind: word, left, right };
    }
    return left;
  };
  const both = binary('and', primary);
  const either: () => TagFilter | undefined = binary('or', both);
  const filter = either();
  return at === tokens.length ? filter : undefined;
}

export function filterMatches(filter: TagFilter, has: (tag: string) => boolean): boolean {
  if (filter.kind === 'tag') return has(filter.tag);
  const [left, right] = [filterMatches(filter.left, has), filterMatches(filter.right, has)];
  return filter.kind === 'and' ? left && right : left || right;
}
