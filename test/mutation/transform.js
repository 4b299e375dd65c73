/** Jest transformer for mutants: Stryker prints `(a as T) <= b` with `<` as `a as T < b`, which reads as the start of type arguments. */
import plain from '../esbuild-transform.js';

const unambiguous = (source) => source.replace(/ as (?:readonly )?\w+(?:\[\])? (<=?|<<) /g, ' $1 ');

export default {
  getCacheKey: (source, path) => plain.getCacheKey(unambiguous(source), path),
  process: (source, path) => plain.process(unambiguous(source), path),
};
