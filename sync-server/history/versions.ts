/**
 * Versions in the storage port's records, so that one write keeps description and state together and a backup has both
 * as they were at one instant: what a version is in one collection, its deflated state in another.
 */
import { setImmediate as yieldTurn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import * as Y from 'yjs';
import { type Result, fail, ok } from '#core/result.ts';
import { type ObjectLabel, readLabels } from '#core/workspace/history/compare-version.doc.ts';
import { forgetInVersion, withoutWords } from '#core/workspace/history/forget-in-version.doc.ts';
import { objectKindsOf } from '#core/workspace/history/object-kinds.ts';
import type { Version } from '#core/workspace/history/version.ts';
import { type FoundText, findText, findWords } from '#core/workspace/find-text.doc.ts';
import { pathOfRoom } from '#core/workspace/rooms.ts';
import { readStateUpTo } from '#sync-server/rooms/snapshot.ts';
import type { Storage } from '#sync-server/storage/storage.ts';

const deflate = promisify(deflateRaw);
const inflate = promisify(inflateRaw);

export type KeepFailure = { readonly kind: 'nothing-yet' | 'too-large' | 'too-many-versions' };

export interface FoundInVersion extends FoundText {
  readonly path: string;
  readonly version: Version;
}

interface OpenVersion {
  readonly key: string;
  readonly version: Version;
  readonly path: string;
  readonly doc: Y.Doc;
}

export interface VersionsDeps {
  readonly storage: Pick<Storage, 'log' | 'records'>;
  /** In tests fewer. */
  readonly most?: { readonly automatic: number; readonly named: number };
}

const notes = 'versions';
const states = 'version-states';
const mostStateBytes = 8 * 1024 * 1024;
const usualMost = { automatic: 30, named: 100 };

export class Versions {
  readonly #storage: VersionsDeps['storage'];
  readonly #most: NonNullable<VersionsDeps['most']>;

  constructor({ storage, most = usualMost }: VersionsDeps) {
    this.#storage = storage;
    this.#most = most;
  }

  /** The durable state, up to a place in the log; a version of that id that is there already stays as it is. */
  async keep(room: string, version: Version, upTo = Infinity): Promise<Result<void, KeepFailure>> {
    const present = await this.list(room);
    if (present.some(({ id }) => id === version.id)) return ok(undefined);
    if (version.kind === 'named' && present.filter(isNamed).length >= this.#most.named)
      return fail({ kind: 'too-many-versions' });
    const state = await readStateUpTo(this.#storage.log, room, upTo);
    if (state === null) return fail({ kind: 'nothing-yet' });
    const packed = await deflate(state);
    if (packed.length > mostStateBytes) return fail({ kind: 'too-large' });
    const key = `${room}/${version.id}`;
    const written = await this.#storage.records.write([
      { collection: notes, key, value: version, ifVersion: 0 },
      { collection: states, key, value: packed.toString('base64') },
    ]);
    if (!written.ok || isNamed(version)) return ok(undefined);
    for (const { id } of present.filter((one) => !isNamed(one)).slice(this.#most.automatic - 1))
      await this.remove(room, id);
    return ok(undefined);
  }

  /** Newest first. */
  async list(room: string): Promise<readonly Version[]> {
    const found = await this.#storage.records.list(notes, `${room}/`);
    return found.map(({ value }) => value as Version).sort((a, b) => b.atMs - a.atMs);
  }

  async read(room: string, id: string): Promise<Uint8Array | null> {
    const found = await this.#storage.records.read(states, `${room}/${id}`);
    return found && new Uint8Array(await inflate(Buffer.from(found.value as string, 'base64')));
  }

  async remove(room: string, id: string): Promise<void> {
    await this.#storage.records.write(
      [notes, states].map((collection) => ({ collection, key: `${room}/${id}`, value: null })),
    );
  }

  /** What objects were called, newest versions first, until each of `keys` has a name or few versions are left. */
  async labels(room: string, keys: readonly string[]): Promise<Readonly<Record<string, ObjectLabel>>> {
    const kinds = objectKindsOf(pathOfRoom(room));
    const wanted = new Set(keys);
    const labels: Record<string, ObjectLabel> = {};
    for (const { id } of kinds ? (await this.list(room)).slice(0, mostAsked) : []) {
      if (wanted.size === 0 || !kinds) break;
      const doc = docFrom(await this.read(room, id));
      for (const [key, label] of Object.entries(readLabels(doc, kinds))) if (wanted.delete(key)) labels[key] = label;
      doc.destroy();
      await yieldTurn();
    }
    return labels;
  }

  /**
   * Takes `exact` words out of every version of a workspace; where one of `names` stands its objects alone remain.
   * Answers whether any of all these stood anywhere.
   */
  async forget(workspace: string, exact: readonly string[], names: readonly string[] = []): Promise<boolean> {
    const { records } = this.#storage;
    const clean = withoutWords(exact);
    let hasFound = false;
    for await (const { key, version, path, doc } of this.#openAll(workspace)) {
      const kinds = objectKindsOf(path);
      if (kinds && findText(doc, [...exact, ...names]).length > 0) {
        hasFound = true;
        const state = await deflate(forgetInVersion(doc, kinds, exact));
        await records.write([{ collection: states, key, value: state.toString('base64') }]);
      }
      const name = clean(version.name);
      if (name === version.name) continue;
      hasFound = true;
      await records.write([{ collection: notes, key, value: { ...version, name } }]);
    }
    return hasFound;
  }

  /** Where these words stand in versions of a workspace, and in what somebody named them. */
  async find(workspace: string, words: readonly string[]): Promise<readonly FoundInVersion[]> {
    const found: FoundInVersion[] = [];
    const excerptOf = findWords(words);
    for await (const { version, path, doc } of this.#openAll(workspace)) {
      const excerpt = excerptOf?.(version.name) ?? null;
      if (excerpt !== null) found.push({ place: 'name', excerpt, path, version });
      found.push(...findText(doc, words).map((text) => ({ ...text, path, version })));
    }
    return found;
  }

  async *#openAll(workspace: string): AsyncGenerator<OpenVersion> {
    for (const { key, value } of await this.#storage.records.list(notes, `${workspace}/`)) {
      const version = value as Version;
      const room = key.slice(0, -version.id.length - 1);
      const doc = docFrom(await this.read(room, version.id));
      yield { key, version, path: pathOfRoom(room), doc };
      doc.destroy();
      await yieldTurn();
    }
  }
}

const mostAsked = 8;
const isNamed = ({ kind }: Version): boolean => kind === 'named';

export const docFrom = (state: Uint8Array | null): Y.Doc => {
  const doc = new Y.Doc();
  if (state) Y.applyUpdate(doc, state);
  return doc;
};
