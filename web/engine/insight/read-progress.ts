import type { EngineState } from './messages.ts';

/** How many parts of the facts are read, of how many; null when there is nothing left to wait for, or nothing known. */
export const readProgress = (state: EngineState): { readonly done: number; readonly total: number } | null => {
  if (state.phase === 'loading') return state.total > 0 ? state : null;
  if (state.phase !== 'ready' || state.behind === 0) return null;
  return { done: state.months - state.behind, total: state.months };
};
