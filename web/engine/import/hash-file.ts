/**
 * A name for a file's content. Up to 64 MB the SHA-256 of its bytes; above, where a file is not held in memory, the
 * SHA-256 of its 16 MB pieces' hashes. Two different files never share one, which is all it is for.
 */
import { hexFromBytes } from '#core/units/ids.ts';
import { patient } from './patient.ts';

const wholeBytes = 64_000_000;
const pieceBytes = 16_000_000;

export const hashFile = async (file: Blob): Promise<string> => {
  if (file.size <= wholeBytes) return hexFromBytes(await digest(await patient(file.arrayBuffer())));
  const hashes = new Uint8Array(Math.ceil(file.size / pieceBytes) * 32);
  for (let at = 0; at * pieceBytes < file.size; at++) {
    hashes.set(await digest(await patient(file.slice(at * pieceBytes, (at + 1) * pieceBytes).arrayBuffer())), at * 32);
  }
  return hexFromBytes(await digest(hashes.buffer));
};

async function digest(bytes: ArrayBuffer): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
