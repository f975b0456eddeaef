const HAN_RUN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g;
const WORD = /[a-z0-9]+/g;

/**
 * The search index's question for what somebody typed, already folded: every Chinese run as its two-character grams,
 * a single character as a prefix, Latin words and numbers whole; all must be found. Undefined when nothing searchable was typed.
 */
export function gramsQuery(folded: string): string | undefined {
  const terms: string[] = [];
  for (const [run] of folded.matchAll(HAN_RUN)) {
    if (run.length === 1) terms.push(`'${run}':*`);
    for (let at = 0; at + 2 <= run.length; at += 1) terms.push(`'${run.slice(at, at + 2)}'`);
  }
  for (const [word] of folded.matchAll(WORD)) terms.push(`'${word}'`);
  return terms.length === 0 ? undefined : [...new Set(terms)].slice(0, 40).join(" & ");
}
