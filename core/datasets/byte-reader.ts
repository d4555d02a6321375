/** Thrown by the reader and by the column readers, caught by `unpackColumns` alone: the bytes are not what they should be. */
export class UnreadableBytes extends Error {}

/** Reads what `ByteWriter` wrote; throws `UnreadableBytes` at the first byte that is not there. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#at = at;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    return this.bytes(1)[0]!;
  }

  uint32(): number {
    const at = this.#take(4);
    return this.#view.getUint32(at, true);
  }

  float64(): number {
    const at = this.#take(8);
    return this.#view.getFloat64(at, true);
  }

  /** A view, not a copy. */
  bytes(count: number): Uint8Array {
    const at = this.#take(count);
    return this.#bytes.subarray(at, at + count);
  }

  #take(count: number): number {
    const at = this.#at;
    if (count > this.#bytes.length - at) throw new UnreadableBytes();
    this.#at = at + count;
    return at;
  }
}
