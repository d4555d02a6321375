/**
 * Which arm of an experiment someone is in: `hold-out` with the given share, else `act`. Stable: it depends on the
 * experiment's name and the customer's id alone, so every device and every later day answers the same. FNV-1a over the
 * text, then a murmur3 finisher, because FNV's high bits are poor on short, similar texts.
 */
export type Arm = 'act' | 'hold-out';

export const assignArm = (experiment: string, customer: string, holdOutShare: number): Arm =>
  fractionOf(`${experiment}\n${customer}`) < holdOutShare ? 'hold-out' : 'act';

function fractionOf(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return (hash >>> 0) / 4_294_967_296;
}
