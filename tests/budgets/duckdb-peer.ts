/**
 * DuckDB-wasm, what somebody would pick who wants RFM in a browser, when it is installed (here, or in the folder that
 * `LARDER_PEERS` names) with apache-arrow beside it: the same lines as a table, the same scores by SQL.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { rfmIndex } from '#core/insight/rfm/name-index.ts';
import type { NameRules } from '#core/insight/rfm/thresholds.ts';

export interface RfmSums {
  readonly customers: number;
  readonly recency: number;
  readonly frequency: number;
  readonly money: number;
  /** Of the places of their names among `rfmNames`. */
  readonly names: number;
}

export interface DuckdbPeer {
  insert(lines: Readonly<Record<'customer' | 'order' | 'day' | 'amount', Int32Array>>): void;
  /** Scores everybody into a table; answers sums of the scores, to be compared. */
  rfm(asOfDay: number, names: NameRules): RfmSums;
}

interface Connection {
  query(sql: string): { toArray(): readonly { toJSON(): Record<string, unknown> }[] };
  insertArrowFromIPCStream(bytes: Uint8Array, options: { readonly name: string; readonly create: boolean }): void;
}

export const openDuckdbPeer = async (): Promise<DuckdbPeer | null> => {
  for (const folder of [process.env.LARDER_PEERS ?? '', process.cwd()].filter((path) => path !== '')) {
    try {
      return await openIn(createRequire(join(folder, 'package.json')));
    } catch {
      // Not installed there.
    }
  }
  return null;
};

async function openIn(require: NodeJS.Require): Promise<DuckdbPeer> {
  const entry = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
  const duckdb = require(entry) as {
    createDuckDB(
      bundles: unknown,
      logger: unknown,
      runtime: unknown,
    ): Promise<{
      instantiate(): Promise<unknown>;
      connect(): Connection;
    }>;
    VoidLogger: new () => unknown;
    NODE_RUNTIME: unknown;
  };
  const arrow = require('apache-arrow') as {
    tableFromArrays(columns: unknown): unknown;
    tableToIPC(table: unknown, kind: 'stream'): Uint8Array;
  };
  const wasm = (name: string): string => join(dirname(entry), `duckdb-${name}.wasm`);
  const bundles = {
    mvp: { mainModule: wasm('mvp'), mainWorker: null },
    eh: { mainModule: wasm('eh'), mainWorker: null },
  };
  const database = await duckdb.createDuckDB(bundles, new duckdb.VoidLogger(), duckdb.NODE_RUNTIME);
  await database.instantiate();
  const connection = database.connect();
  let isCreated = false;
  return {
    insert(lines) {
      const bytes = arrow.tableToIPC(arrow.tableFromArrays(lines), 'stream');
      connection.insertArrowFromIPCStream(bytes, { name: 'lines', create: !isCreated });
      isCreated = true;
    },
    rfm(asOfDay, names) {
      connection.query(rfmQuery(asOfDay, names));
      const [row] = connection
        .query(
          'SELECT count(*) AS customers, sum(r) AS recency, sum(f) AS frequency, sum(m) AS money, sum(name) AS names FROM named',
        )
        .toArray();
      const found = row?.toJSON() ?? {};
      return {
        customers: Number(found.customers),
        recency: Number(found.recency),
        frequency: Number(found.frequency),
        money: Number(found.money),
        names: Number(found.names),
      };
    },
  };
}

const rfmQuery = (asOfDay: number, names: NameRules): string => `
  CREATE OR REPLACE TABLE named AS
  WITH own AS (
    SELECT customer, ${asOfDay} - max(day) AS recency, ${asOfDay} - min(day) AS age,
      count(DISTINCT "order") AS orders, sum(amount) AS money
    FROM lines GROUP BY customer
  ), cuts AS (
    SELECT quantile_disc(recency, [0.2, 0.4, 0.6, 0.8]) AS r, quantile_disc(orders, [0.2, 0.4, 0.6, 0.8]) AS f,
      quantile_disc(money, [0.2, 0.4, 0.6, 0.8]) AS m
    FROM own
  ), scores AS (
    SELECT customer, recency, age, orders,
      5 - (r[1] < recency)::INT - (r[2] < recency)::INT - (r[3] < recency)::INT - (r[4] < recency)::INT AS r,
      1 + (f[1] < orders)::INT + (f[2] < orders)::INT + (f[3] < orders)::INT + (f[4] < orders)::INT AS f,
      1 + (m[1] < money)::INT + (m[2] < money)::INT + (m[3] < money)::INT + (m[4] < money)::INT AS m
    FROM own, cuts
  )
  SELECT customer, r, f, m, CASE
      WHEN recency > ${names.lostAfterDays} THEN ${rfmIndex.lost}
      WHEN recency > ${names.sleepingAfterDays} THEN ${rfmIndex.sleeping}
      WHEN orders = 1 AND age <= ${names.newWithinDays} THEN ${rfmIndex.new}
      WHEN r >= ${names.vipRecencyScore} AND m >= ${names.vipMoneyScore} THEN ${rfmIndex.vip}
      ELSE ${rfmIndex.active} END AS name
  FROM scores`;
