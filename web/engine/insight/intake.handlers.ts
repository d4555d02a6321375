/** Answers of the intake topic: the ledger's side of taking a file in. */
import { erasureKey } from '#core/identity/erasure-key.ts';
import { erasedOwner } from '#core/intake/resolve-customers.ts';
import type { ImportId } from '#core/units/ids.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { IntakeRequests } from './intake.messages.ts';

export const intakeHandlers = (context: EngineContext): Handlers<IntakeRequests> => {
  const before = new Map<string, { lines: number; customers: number }>();
  return {
    'intake.customers-of-keys': async (keys) => {
      const erased = await context.erased();
      return Promise.all(
        keys.map(async ({ kind, key }) => {
          const isErased =
            erased.keys.size > 0 && erased.keys.has(await erasureKey(context.platform, { keyKind: kind, key }));
          return isErased ? erasedOwner : context.ledger.customerOfKey(kind, key);
        }),
      );
    },
    'intake.start': async (plan) => {
      const importId = await context.startImport(plan);
      before.set(importId, { lines: liveLines(context), customers: context.ledger.customerCount });
      return { importId };
    },
    'intake.append': async ({ importId, chunks }) => {
      await context.appendImportChunks(importId as ImportId, chunks);
      return null;
    },
    'intake.name-products': ({ seeds }) => ({ newProducts: context.addProducts(seeds) }),
    'intake.finish': async ({ importId, lines, rejected }) => {
      await context.finishImport(importId as ImportId, { lines, rejected });
      const start = before.get(importId) ?? { lines: 0, customers: 0 };
      before.delete(importId);
      // What is asked next rests on them: derived while the page draws.
      setTimeout(() => context.beliefs());
      return {
        newLines: liveLines(context) - start.lines,
        newCustomers: context.ledger.customerCount - start.customers,
      };
    },
    'intake.cancel': async ({ importId }) => {
      before.delete(importId);
      await context.cancelImport(importId as ImportId);
      return null;
    },
  };
};

function liveLines({ ledger }: EngineContext): number {
  const { count, live } = ledger.orderLines;
  let lines = 0;
  for (let row = 0; row < count; row++) lines += live[row] ?? 0;
  return lines;
}
