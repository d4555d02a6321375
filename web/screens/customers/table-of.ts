import type { Fact } from '#core/datasets/fact.ts';
import type { Contact } from '#web/device/vault.ts';

/** Rows of many kinds as one table: every field any of them has is a column; instants as people read them. */
export const tableOf = (rows: readonly (Fact | Pick<Contact, 'kind' | 'clear'>)[]): (string | number)[][] => {
  const heads = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => {
    const fields = row as unknown as Readonly<Record<string, unknown>>;
    return heads.map((head) => {
      const value = fields[head] ?? '';
      if (typeof value !== 'number') return String(value);
      return head.endsWith('Ms') && value > 0 ? new Date(value).toISOString() : value;
    });
  });
  return [heads, ...lines];
};
