/** What a tab and the worker say to each other. */
import type { Member } from '#web/workspace/workspace.ts';
import type { EngineState } from './messages.ts';

/** A workspace as the worker opens it. */
export interface EnginePlace {
  readonly workspace: string;
  readonly home: 'server' | 'device';
  readonly member: Member;
  readonly origin: string;
  /** Server time minus device time. */
  readonly offsetMs: number;
  readonly identityKey: CryptoKey | null;
}

export type ToWorker =
  | { readonly say: 'open'; readonly place: EnginePlace }
  | { readonly say: 'ask'; readonly id: number; readonly name: string; readonly body: unknown }
  | { readonly say: 'close' };

export type FromWorker =
  | { readonly say: 'state'; readonly state: EngineState }
  | { readonly say: 'changed' }
  /** Chunks that the server does not have yet. */
  | { readonly say: 'waiting'; readonly count: number }
  | { readonly say: 'closed' }
  | {
      readonly say: 'answer';
      readonly id: number;
      readonly ledgerVersion: number;
      readonly asOfDay: number;
      readonly body: unknown;
    }
  | { readonly say: 'refusal'; readonly id: number; readonly kind: string; readonly detail: unknown };
