/**
 * Bytes to text while they arrive. A file that begins with plain ASCII has not yet said whether it is UTF-8 or GB18030:
 * the first piece with a letter beyond ASCII decides.
 */
import { type Encoding, type TextForm, sniffEncoding } from '#core/intake/sniff-encoding.ts';

export interface StreamDecoder {
  push(bytes: Uint8Array): string;
  end(): string;
  readonly encoding: Encoding;
}

export const createStreamDecoder = ({ encoding, markBytes }: TextForm, isOpen: boolean): StreamDecoder => {
  let chosen = encoding;
  let decided = !isOpen;
  let toSkip = markBytes;
  let decoder = new TextDecoder(chosen, { ignoreBOM: true });
  return {
    get encoding() {
      return chosen;
    },
    push(bytes) {
      let rest = bytes;
      if (toSkip > 0) {
        rest = bytes.subarray(Math.min(toSkip, bytes.length));
        toSkip -= bytes.length - rest.length;
      }
      if (!decided) {
        const first = firstBeyondAscii(rest);
        if (first >= 0) {
          decided = true;
          const sniffed = sniffEncoding(rest.subarray(first));
          if (sniffed.ok && sniffed.value.encoding === 'gb18030') {
            chosen = 'gb18030';
            decoder = new TextDecoder(chosen);
          }
        }
      }
      return decoder.decode(rest, { stream: true });
    },
    end: () => decoder.decode(),
  };
};

export const isPlainAscii = (bytes: Uint8Array): boolean => firstBeyondAscii(bytes) < 0;

/** Whole files go through here: a loop is ten times as fast as `findIndex`. */
function firstBeyondAscii(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) if (bytes[at]! >= 0x80) return at;
  return -1;
}
