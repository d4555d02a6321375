/**
 * What a person agreed to, from everything that was ever said about one channel and purpose: a refusal counts whatever
 * its date and whoever of the merged ids said it; among equals the latest word is the one that is shown.
 */
export interface ConsentWord {
  readonly state: 'granted' | 'refused';
  /** Where it comes from: `import:<id>`, `message`, `member:<id>`, `basis:<text>`. */
  readonly source: string;
  readonly atMs: number;
}

export type ConsentAnswer = Omit<ConsentWord, 'state'> & { readonly state: ConsentWord['state'] | 'unknown' };

export const strongestConsent = (words: readonly ConsentWord[]): ConsentAnswer => {
  let best: ConsentWord | null = null;
  for (const word of words) if (best === null || outranks(word, best)) best = word;
  return best === null
    ? { state: 'unknown', source: '', atMs: 0 }
    : { state: best.state, source: best.source, atMs: best.atMs };
};

function outranks(a: ConsentWord, b: ConsentWord): boolean {
  if (a.state !== b.state) return a.state === 'refused';
  return a.atMs === b.atMs ? a.source > b.source : a.atMs > b.atMs;
}
