/**
 * The file of a backup: a line that says what it is, then frames. A frame is the length of its header (4 bytes,
 * little-endian), the header as JSON, and a body of the length the header says. The last frame carries the SHA-256 of
 * all bytes before it, so that a file is either whole or refused.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export interface FrameHeader {
  readonly kind: string;
  readonly length: number;
  readonly [field: string]: unknown;
}

export interface Frame<Header extends FrameHeader = FrameHeader> {
  readonly header: Header;
  readonly body: Uint8Array;
}

const title = Buffer.from('larder backup 1\n');
const mostHeaderBytes = 1024 * 1024;

export type Sink = (bytes: Uint8Array) => Promise<void>;

/** Writes frames; `end` seals the file. */
export class FrameWriter {
  readonly #sink: Sink;
  readonly #hash = createHash('sha256');
  #frames = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  async begin(): Promise<void> {
    await this.#put(title);
  }

  async frame(header: { readonly kind: string } & Readonly<Record<string, unknown>>, body: Uint8Array): Promise<void> {
    this.#frames += 1;
    await this.#put(Buffer.concat([packHeader({ ...header, length: body.length }), body]));
  }

  async end(): Promise<void> {
    const sha256 = this.#hash.digest('hex');
    await this.#sink(packHeader({ kind: 'end', length: 0, frames: this.#frames, sha256 }));
  }

  async #put(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    await this.#sink(bytes);
  }
}

const packHeader = (header: FrameHeader): Buffer => {
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text]);
};

export class BadBackup extends Error {}

/** Reads the frames of a file in order; throws `BadBackup` at the first thing that is not as it was written. */
export async function* readFrames(path: string): AsyncGenerator<Frame> {
  const reader = new FileReader(path);
  const hash = createHash('sha256');
  const begin = await reader.take(title.length);
  if (!begin?.equals(title)) throw new BadBackup(`${path} is not a backup of Larder, or of a newer version`);
  hash.update(begin);
  for (let frames = 0; ; frames += 1) {
    const length = await reader.take(4);
    const headerBytes =
      length && length.readUInt32LE() <= mostHeaderBytes && (await reader.take(length.readUInt32LE()));
    const header = headerBytes ? parseHeader(headerBytes) : null;
    if (!length || !headerBytes || !header) throw new BadBackup(`${path} is damaged or cut off`);
    if (header.kind === 'end') {
      const { frames: said, sha256 } = header;
      const isWhole = said === frames && sha256 === hash.digest('hex') && (await reader.take(1)) === null;
      if (!isWhole) throw new BadBackup(`${path} is damaged`);
      return;
    }
    const body = await reader.take(header.length);
    if (!body) throw new BadBackup(`${path} is cut off`);
    hash.update(length).update(headerBytes).update(body);
    yield { header, body };
  }
}

const parseHeader = (bytes: Buffer): FrameHeader | null => {
  try {
    const header = JSON.parse(bytes.toString('utf8')) as FrameHeader;
    return typeof header.kind === 'string' && Number.isSafeInteger(header.length) && header.length >= 0 ? header : null;
  } catch {
    return null;
  }
};

class FileReader {
  readonly #stream: AsyncIterator<Buffer>;
  #parts: Buffer[] = [];
  #length = 0;

  constructor(path: string) {
    this.#stream = createReadStream(path, { highWaterMark: 1024 * 1024 })[
      Symbol.asyncIterator
    ]() as AsyncIterator<Buffer>;
  }

  /** Null when the file has fewer bytes left. */
  async take(count: number): Promise<Buffer | null> {
    while (this.#length < count) {
      const next = await this.#stream.next();
      if (next.done) return null;
      this.#parts.push(next.value);
      this.#length += next.value.length;
    }
    const all = this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts);
    this.#parts = [all.subarray(count)];
    this.#length -= count;
    return all.subarray(0, count);
  }
}
