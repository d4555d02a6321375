/** What a test of forecast chances says: Brier error beside its baselines, the verdict on it, and reliability. */
import type { BeliefTest } from './back-test.ts';
import type { ChanceCases } from './chance-cases.ts';
import { judgeBelief } from './judge-belief.ts';

const least = { cases: 200, ofEach: 30 };

export const judgeChances = (cases: ChanceCases, baselines: BeliefTest['baselines']) => {
  const cameTrue = cases.trueCount;
  const error = cases.brier();
  const have = { cases: cases.size, cameTrue, cameFalse: cases.size - cameTrue };
  return {
    measure: 'brier',
    cases: cases.size,
    cameTrue,
    error,
    baselines,
    verdict: judgeBelief(error, baselines, have, least),
    reliability: cases.reliability(),
  } as const;
};
