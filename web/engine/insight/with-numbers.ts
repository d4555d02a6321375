/** Rows of customers together with the numbers the shop's own systems know them by, for a file. */
import type { PlatformNumbers } from '#core/identity/platform-numbers.ts';
import type { EngineClient } from './messages.ts';
import type { InsightRequests } from './requests.ts';

export const withNumbers = async <Row extends { readonly id: string }>(
  engine: EngineClient<InsightRequests>,
  rows: readonly Row[],
): Promise<readonly (Row & { readonly numbers: PlatformNumbers })[]> => {
  const { body } = await engine.ask('facts.platform-numbers', { ids: rows.map(({ id }) => id) });
  return rows.map((row, at) => ({ ...row, numbers: body[at] as PlatformNumbers }));
};
