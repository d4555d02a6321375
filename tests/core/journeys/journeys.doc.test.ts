import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { starterOf } from '#core/journeys/fill-message.ts';
import { beginTemplate, dropTemplate, messageTextOf, readTemplates } from '#core/journeys/journeys.doc.ts';

const exchange = (...docs: readonly Y.Doc[]): void => {
  for (const from of docs) for (const to of docs) Y.applyUpdate(to, Y.encodeStateAsUpdate(from));
};
const textOf = (doc: Y.Doc): string => readTemplates(doc, 'family').coupon;

describe('message templates', () => {
  it('[FUP17] reading writes nothing', () => {
    const doc = new Y.Doc();
    expect(readTemplates(doc, 'family')).toEqual({ coupon: '', confirm: '', guide: '', 'before-cycle': '', clip: '' });
    expect(doc.store.clients.size).toBe(0);
  });
  it('[FUP17] two devices that begin at once have one starter, and both additions', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()];
    for (const doc of [a, b]) expect(beginTemplate(doc, 'family', 'coupon')).toBe('done');
    messageTextOf(a, 'family', 'coupon').insert(0, 'A');
    messageTextOf(b, 'family', 'coupon').insert(starterOf('coupon').length, 'B');
    exchange(a, b);
    expect(textOf(a)).toBe(`A${starterOf('coupon')}B`);
    expect(textOf(b)).toBe(textOf(a));
  });
  it('[FUP17] after going back to the starter one can begin again, once on both', () => {
    const [a, b] = [new Y.Doc(), new Y.Doc()];
    beginTemplate(a, 'family', 'coupon');
    expect(dropTemplate(a, 'family', 'coupon')).toBe('done');
    expect(dropTemplate(a, 'family', 'coupon')).toBe('unchanged');
    exchange(a, b);
    expect(textOf(b)).toBe('');
    for (const doc of [a, b]) beginTemplate(doc, 'family', 'coupon');
    exchange(a, b);
    expect([textOf(a), textOf(b)]).toEqual([starterOf('coupon'), starterOf('coupon')]);
    expect(beginTemplate(a, 'family', 'coupon')).toBe('unchanged');
  });
  it('[FUP17] each campaign and step has its own text', () => {
    const doc = new Y.Doc();
    beginTemplate(doc, 'family', 'clip');
    expect(readTemplates(doc, 'family')).toMatchObject({ coupon: '', clip: starterOf('clip') });
    expect(readTemplates(doc, 'other').clip).toBe('');
  });
});
