/** Bytes written one after another into a buffer that grows. Little-endian. */
export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #view = new DataView(this.#bytes.buffer);
  length = 0;

  byte(value: number): void {
    this.reserve(1);
    this.#bytes[this.length++] = value;
  }

  uint32(value: number): void {
    this.reserve(4);
    this.#view.setUint32(this.length, value, true);
    this.length += 4;
  }

  float64(value: number): void {
    this.reserve(8);
    this.#view.setFloat64(this.length, value, true);
    this.length += 8;
  }

  bytes(values: Uint8Array): void {
    this.reserve(values.length);
    this.#bytes.set(values, this.length);
    this.length += values.length;
  }

  /** WTF-8: UTF-8 that also carries lone surrogates, so that every JavaScript text comes back as it was. */
  text(value: string): void {
    this.reserve(3 * value.length);
    const bytes = this.#bytes;
    let at = this.length;
    for (let index = 0; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (unit < 0x80) {
        bytes[at++] = unit;
        continue;
      }
      const point = value.codePointAt(index)!;
      if (point < 0x800) bytes[at++] = 0xc0 | (point >> 6);
      else {
        if (point < 0x10000) bytes[at++] = 0xe0 | (point >> 12);
        else {
          bytes[at++] = 0xf0 | (point >> 18);
          bytes[at++] = 0x80 | ((point >> 12) & 63);
          index++;
        }
        bytes[at++] = 0x80 | ((point >> 6) & 63);
      }
      bytes[at++] = 0x80 | (point & 63);
    }
    this.length = at;
  }

  overwriteUint32(at: number, value: number): void {
    this.#view.setUint32(at, value, true);
  }

  view(from = 0): Uint8Array {
    return this.#bytes.subarray(from, this.length);
  }

  reserve(count: number): void {
    if (this.length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(2 * this.#bytes.length, this.length + count));
    grown.set(this.#bytes);
    this.#bytes = grown;
    this.#view = new DataView(grown.buffer);
  }
}
