/**
 * What happened in a broadcast, as behaviour facts: buffered and written as one chunk at least every 30 s (never more
 * often than every 2 s), into the manifest of its business month. Small chunks travel inside the manifest, larger ones
 * are blobs. A write that storage refuses is tried again with the next.
 */
import type { Behaviour } from '#core/datasets/fact.ts';
import { type AppendFactsDeps, appendFacts } from '#sync-server/datasets/append-facts.ts';

export interface BehaviourWriterDeps extends AppendFactsDeps {
  report(kind: string, detail: string): void;
}

export interface BehaviourWriter {
  add(facts: readonly Behaviour[]): void;
  /** Writes when it is time, or at once when `isLast`. */
  flush(isLast?: boolean): Promise<void>;
}

const everyMs = 30_000;
const leastMs = 2_000;
const mostFacts = 4_000;
/** Beyond this the oldest are let go: live events may be lost, memory may not. */
const mostWaiting = 200_000;

export const createBehaviourWriter = (deps: BehaviourWriterDeps, workspace: string): BehaviourWriter => {
  let waiting: Behaviour[] = [];
  let writtenMs = deps.nowMs();
  let isWriting = false;

  return {
    add: (facts) => {
      waiting.push(...facts);
      if (waiting.length > mostWaiting) waiting = waiting.slice(-mostWaiting);
    },
    flush: async (isLast = false) => {
      const passedMs = deps.nowMs() - writtenMs;
      const isDue = isLast || passedMs >= everyMs || (waiting.length >= mostFacts && passedMs >= leastMs);
      if (!isDue || isWriting || waiting.length === 0) return;
      isWriting = true;
      writtenMs = deps.nowMs();
      const facts = waiting;
      waiting = [];
      try {
        await appendFacts(deps, workspace, 'live-events', facts);
      } catch (error) {
        deps.report('behaviour-facts', String(error));
        waiting = [...facts, ...waiting].slice(-mostWaiting);
      } finally {
        isWriting = false;
      }
    },
  };
};
