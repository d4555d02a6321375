import { exclusionReasons, readExclusions, setExclusion } from '#core/identity/exclusions.doc.ts';
import { type OperationTable, operation } from '../operation-table.ts';

export const table: OperationTable = {
  name: 'exclusions',
  covers: ['core/identity/exclusions.doc.ts'],
  read: (doc) => [...readExclusions(doc)].sort(([a], [b]) => (a < b ? -1 : 1)),
  operations: [
    operation(
      'exclude',
      (dice) => ({ who: dice.below(4), reason: dice.below(exclusionReasons.length), atMs: dice.below(1000) }),
      (doc, { who, reason, atMs }) =>
        setExclusion(doc, [`c${who}`, `c${who + 1}`], {
          reason: exclusionReasons[reason] ?? 'test',
          atMs,
          member: 'm',
        }),
    ),
    operation(
      'count again',
      (dice) => dice.below(4),
      (doc, who) => setExclusion(doc, [`c${who}`], null),
    ),
  ],
};
