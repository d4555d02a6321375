/**
 * Rooms to retake, noted in `retakes` before it is tried: a crash, or a process that cannot be reached, only delays what
 * somebody asked to have erased.
 */
import { pathOfRoom } from '#core/workspace/rooms.ts';
import type { Records } from '#sync-server/storage/storage.ts';
import type { Rooms } from './rooms.ts';

export interface Retakes {
  /** Now if it can be, else with `retakeLeft`; one or the other is certain when this resolves. */
  retake(room: string): Promise<void>;
  /** The same after a change that takes something out of the room, also when this process ends in between. */
  retakeAfter(room: string, change: () => Promise<void>): Promise<void>;
  retakeLeft(): Promise<void>;
}

export interface RetakesDeps {
  readonly rooms: Pick<Rooms, 'retake'>;
  readonly records: Pick<Records, 'list' | 'write'>;
  report(kind: string, detail: string): void;
}

const collection = 'retakes';

export const createRetakes = ({ rooms, records, report }: RetakesDeps): Retakes => {
  const attempt = async (room: string): Promise<void> => {
    try {
      await rooms.retake(room);
      await records.write([{ collection, key: room, value: null }]);
    } catch (error) {
      report('not-retaken', `${pathOfRoom(room)}: ${String(error)}`);
    }
  };
  const retakeAfter: Retakes['retakeAfter'] = async (room, change) => {
    await records.write([{ collection, key: room, value: 1 }]);
    await change();
    await attempt(room);
  };
  return {
    retake: (room) => retakeAfter(room, async () => {}),
    retakeAfter,
    retakeLeft: async () => {
      for (const { key } of await records.list(collection)) await attempt(key);
    },
  };
};
