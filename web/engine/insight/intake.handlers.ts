/** Answers of the intake topic: the ledger's side of taking a file in. */
import type { FactColumns } from '#core/datasets/fact-columns.ts';
import type { FactKind } from '#core/datasets/fact.ts';
import { customerIdAt } from '#core/datasets/customer-column.ts';
import { factSchema } from '#core/datasets/fact-schema.ts';
import { textsOf } from '#core/datasets/text-column.ts';
import { type ChunkColumns, unpackColumns } from '#core/datasets/unpack-columns.ts';
import type { ImportId } from '#core/units/ids.ts';
import { EngineFailure } from './engine-failure.ts';
import type { EngineContext, Handlers } from './engine-context.ts';
import type { IntakeRequests } from './intake.messages.ts';

export const intakeHandlers = (context: EngineContext): Handlers<IntakeRequests> => {
  const before = new Map<string, { lines: number; customers: number }>();
  return {
    'intake.customers-of-keys': (keys) => keys.map(({ kind, key }) => context.ledger.customerOfKey(kind, key)),
    'intake.start': async (plan) => {
      const importId = await context.startImport(plan);
      before.set(importId, { lines: liveLines(context), customers: context.ledger.customerCount });
      return { importId };
    },
    'intake.append': async ({ importId, packed }) => {
      const chunk = unpackColumns(packed);
      if (!chunk.ok) throw new EngineFailure(chunk.error.kind);
      await context.appendImportColumns(importId as ImportId, factColumnsOf(chunk.value));
      return null;
    },
    'intake.finish': async ({ importId, lines, rejected }) => {
      await context.finishImport(importId as ImportId, { lines, rejected });
      const start = before.get(importId) ?? { lines: 0, customers: 0 };
      before.delete(importId);
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

/** Values by row again; equal texts stay one text in memory. */
function factColumnsOf({ kind, rows, text, number, word, customer }: ChunkColumns): FactColumns {
  const columns: Record<string, ArrayLike<unknown>> = {};
  for (const [name, shape] of Object.entries(factSchema[kind])) {
    const texts = text[name];
    const numbers = number[name];
    const places = word[name];
    const people = customer[name];
    if (texts) {
      const dictionary = textsOf(texts);
      columns[name] = Array.from(texts.places, (place) => dictionary[place]);
    } else if (places && shape.type === 'word') columns[name] = Array.from(places, (place) => shape.words[place]);
    else if (people) {
      const ids = Array.from(people.high, (_, place) => customerIdAt(people, place));
      columns[name] = Array.from(people.places, (place) => ids[place] ?? '');
    } else if (numbers) columns[name] = shape.type === 'flag' ? Array.from(numbers, (value) => value === 1) : numbers;
  }
  return { kind, rows, columns } as unknown as FactColumns<FactKind>;
}
