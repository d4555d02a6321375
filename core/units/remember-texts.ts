/**
 * What follows from a text, found once for each of the first `most` different texts. It looks texts up by a hash of its
 * own: cells are cut fresh from the file, and the first native hash of a fresh text costs Chromium more than reading it.
 */
const defaultMost = 1 << 16;

export const rememberTexts = <Value>(
  derive: (text: string) => Value,
  most = defaultMost,
): ((text: string) => Value) => {
  const texts: string[] = [];
  const values: Value[] = [];
  /** Places in the lists, from 1; 0 is free. */
  let slots = new Int32Array(256);
  const slotOf = (text: string): number => {
    const mask = slots.length - 1;
    let at = hashOf(text) & mask;
    while (slots[at] !== 0 && texts[slots[at]! - 1] !== text) at = (at + 1) & mask;
    return at;
  };
  return (text) => {
    const at = slotOf(text);
    const place = slots[at]!;
    if (place !== 0) return values[place - 1]!;
    const value = derive(text);
    if (texts.length < most) {
      slots[at] = texts.push(text);
      values.push(value);
      if (texts.length * 2 > slots.length) {
        slots = new Int32Array(slots.length * 2);
        texts.forEach((known, index) => (slots[slotOf(known)] = index + 1));
      }
    }
    return value;
  };
};

/** FNV-1a, its upper half folded in. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}
