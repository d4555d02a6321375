/** Composition root of the import worker: one file, looked at and taken in. See `messages.ts`. */
import { exportTimeOfName } from '#core/intake/export-time.ts';
import { hashKey } from '#core/intake/hash-key.ts';
import type { ScanVerdict } from '#core/intake/scan-orders.ts';
import { hexFromBytes } from '#core/units/ids.ts';
import { createBrowserPlatform } from '#web/device/browser-platform.ts';
import { openDeviceDatabase } from '#web/device/device-database.ts';
import { readIdentityKey } from '#web/device/identity-key.ts';
import type { AskOf } from '#web/engine/insight/messages.ts';
import type { IntakeRequests } from '#web/engine/insight/intake.messages.ts';
import { openVault } from '#web/device/vault.ts';
import { hashFile } from './hash-file.ts';
import { inspectSource, lookAtFile } from './look-at-file.ts';
import type { FileFailure, FromWorker, ReadingProgress, ScanRequest, TakeInRequest, ToWorker } from './messages.ts';
import { type RowSource, openRows } from './open-rows.ts';
import { Stalled } from './patient.ts';
import { keepRejectedRows } from './rejected-rows.ts';
import { type TakeInDeps, takeInFile } from './take-in-file.ts';

let file: File | null = null;
let source: RowSource | null = null;
let hash: Promise<string> | null = null;
let verdict: ScanVerdict | null = null;
const waiting = new Map<number, { resolve(body: never): void; reject(error: Error): void }>();
let asked = 0;

const post = (message: FromWorker, transfer: Transferable[] = []): void => self.postMessage(message, { transfer });
const refuse = (failure: FileFailure): void => post({ kind: 'refused', failure });
const report = (progress: ReadingProgress): void => post({ kind: 'progress', progress });

const ask: TakeInDeps['ask'] = (name, body) =>
  new Promise((resolve, reject) => {
    const id = ++asked;
    waiting.set(id, { resolve, reject });
    const packed =
      name === 'intake.append'
        ? (body as AskOf<IntakeRequests, 'intake.append'>).chunks.map((chunk) => chunk.packed.buffer as ArrayBuffer)
        : [];
    post({ kind: 'ask', id, name, body }, packed);
  });

self.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  if (data.kind === 'answer') {
    const asker = waiting.get(data.id);
    waiting.delete(data.id);
    if (data.failure === '') asker?.resolve(data.body as never);
    else asker?.reject(new Error(data.failure));
    return;
  }
  if (data.kind === 'problems') return post({ kind: 'problems', problems: verdict?.problems ?? [] });
  const work =
    data.kind === 'inspect' ? inspect(data.file) : data.kind === 'scan' ? scan(data.request) : takeIn(data.request);
  work.catch((error: unknown) =>
    refuse(
      error instanceof Stalled
        ? { kind: 'file-stalled' }
        : { kind: 'engine-failed', detail: error instanceof Error ? error.message : String(error) },
    ),
  );
};

async function inspect(given: File): Promise<void> {
  const opened = await openRows(given);
  if (!opened.ok) return refuse(opened.error);
  file = given;
  source = opened.value;
  post({ kind: 'inspected', inspection: inspectSource(source) });
}

async function scan(request: ScanRequest): Promise<void> {
  if (!source || !file) return;
  if (hash === null) {
    hash = hashFile(file);
    // Reported where it is awaited.
    hash.catch(() => undefined);
  }
  const looked = await lookAtFile(source, request, report, (mapping, recognitions) =>
    post({ kind: 'proposed', mapping, recognitions }),
  );
  if (!looked.ok) return refuse(looked.error);
  verdict = looked.value.verdict;
  const exportMs = exportTimeOfName(file.name);
  post({
    kind: 'scanned',
    scanned: {
      ...looked.value.scanned,
      fileHash: await hash,
      exportMs: exportMs > request.nowMs ? request.nowMs : exportMs,
    },
  });
}

/**
 * The platform is asked for the digits of a thousand ids at once, and ids are cut from them: one by one, and put
 * together of single digits, they cost more than all else that a new customer does.
 */
function createIdSource(): () => string {
  let digits = '';
  let at = 0;
  return () => {
    if (at === digits.length) {
      digits = hexFromBytes(crypto.getRandomValues(new Uint8Array(8192)));
      at = 0;
    }
    return digits.slice(at, (at += 16));
  };
}

async function takeIn(request: TakeInRequest): Promise<void> {
  const looked = verdict;
  if (!source || !file || !looked) return;
  // What it kept is given once.
  verdict = { ...looked, kept: null };
  const database = openDeviceDatabase();
  const platform = createBrowserPlatform(await readIdentityKey(database, request.workspace, request.member));
  const exportMs = exportTimeOfName(file.name);
  const taken = await takeInFile(
    source,
    {
      name: file.name,
      hash: await (hash ??= hashFile(file)),
      exportMs: Number.isNaN(exportMs) ? 0 : Math.min(exportMs, request.nowMs),
    },
    looked,
    request,
    {
      ask,
      hash: (key) => hashKey(platform, key),
      newCustomer: createIdSource(),
      keepContacts: async (contacts) => {
        if (contacts.length === 0) return;
        const vault = openVault(request.workspace, request.member);
        await vault.keep(contacts).finally(() => vault.close());
      },
      keepRejected: (importId, problems) =>
        keepRejectedRows({ id: request.workspace, member: { id: request.member } }, importId, problems, request.nowMs),
    },
    report,
  );
  if (taken.ok) post({ kind: 'taken-in', taken: taken.value });
  else refuse(taken.error);
}
