export const pictureKinds = [
  'milk',
  'formula',
  'yoghurt',
  'meat',
  'vegetables',
  'fruit',
  'bakery',
  'butter',
  'oil',
  'snacks',
  'dumplings',
  'oats',
  'other',
] as const;
export type PictureKind = (typeof pictureKinds)[number];

/** A category as written in a catalogue; what has no picture of its own gets the box. */
export const pictureOf = (category: string): PictureKind =>
  (pictureKinds as readonly string[]).includes(category) ? (category as PictureKind) : 'other';
