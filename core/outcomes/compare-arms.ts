/**
 * The difference of two shares with its 95 % interval: Newcombe's hybrid score interval (Statistics in Medicine 17,
 * 1998, method 10), built from the two Wilson intervals; it keeps its promise in small groups, where the usual formula
 * does not. Ratios, not percent. Null without anybody in one of the groups.
 */
export interface ArmComparison {
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Whether the interval leaves zero. */
  readonly isTold: boolean;
}

const z = 1.959964;

export const compareArms = (
  act: { readonly repurchased: number; readonly mature: number },
  holdOut: { readonly repurchased: number; readonly mature: number },
): ArmComparison | null => {
  if (act.mature === 0 || holdOut.mature === 0) return null;
  const [p1, p2] = [act.repurchased / act.mature, holdOut.repurchased / holdOut.mature];
  const [low1, high1] = wilson(p1, act.mature);
  const [low2, high2] = wilson(p2, holdOut.mature);
  const difference = p1 - p2;
  const low = difference - Math.hypot(p1 - low1, high2 - p2);
  const high = difference + Math.hypot(high1 - p1, p2 - low2);
  return { difference, low, high, isTold: low > 0 || high < 0 };
};

function wilson(share: number, count: number): readonly [low: number, high: number] {
  const square = (z * z) / count;
  const middle = (share + square / 2) / (1 + square);
  const half = (z / (1 + square)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count));
  return [middle - half, middle + half];
}
