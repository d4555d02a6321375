/** Text from WTF-8 bytes that `ByteWriter.text` wrote. Bytes it could not have written give U+FFFD, never a throw. */
export const decodeText = (bytes: Uint8Array, from: number, to: number): string => {
  let text = '';
  for (let at = from; at < to;) {
    const lead = bytes[at]!;
    const size = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (size === 1) text += String.fromCharCode(lead);
    else if (size === 0 || at + size > to) {
      text += '\ufffd';
      at++;
      continue;
    } else {
      let point = lead & (0x7f >> size);
      for (let next = 1; next < size; next++) point = (point << 6) | (bytes[at + next]! & 63);
      text += point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
    }
    at += size;
  }
  return text;
};
