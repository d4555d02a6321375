/**
 * Who the made-up people are: a display name, a masked phone, platform keys, what they said about being contacted.
 * Some people came twice under two ids that share one key, so that merging has something to do.
 */
import type { Alias, Consent, IdentityLink, TagMark } from '../datasets/fact.ts';
import { msFromDay } from '../units/business-day.ts';
import type { CustomerId } from '../units/ids.ts';
import type { Dice } from './create-dice.ts';
import { givenFirst, givenSecond, markedTag, nickPrefixes, nickSuffixes, surnames } from './names.data.ts';

export interface DemoPerson {
  readonly id: CustomerId;
  readonly joinDay: number;
}

export interface DemoProfiles {
  readonly aliases: readonly Alias[];
  readonly links: readonly IdentityLink[];
  readonly consents: readonly Consent[];
  readonly tagMarks: readonly TagMark[];
}

/** Share of people by what they said for each channel: granted, refused; the rest never said. */
const consentShares: readonly (readonly [
  channel: string,
  purpose: Consent['purpose'],
  granted: number,
  refused: number,
])[] = [
  ['wecom-1v1', 'marketing', 0.72, 0.05],
  ['community', 'marketing', 0.34, 0.03],
  ['service-account', 'marketing', 0.41, 0.04],
  ['sms', 'marketing', 0.12, 0.11],
  ['broadcast', 'naming', 0.22, 0.02],
];

export const createProfiles = (people: readonly DemoPerson[], asOfDay: number, dice: Dice): DemoProfiles => {
  const aliases: Alias[] = [];
  const links: IdentityLink[] = [];
  const consents: Consent[] = [];
  const tagMarks: TagMark[] = [];
  people.forEach((person, at) => {
    const atMs = msFromDay(Math.min(person.joinDay, asOfDay - 1)) + 12 * 3_600_000;
    const alias = dice.chance(0.14)
      ? dice.pick(nickPrefixes) + dice.pick(nickSuffixes)
      : dice.pick(surnames) + dice.pick(givenFirst) + dice.pick(givenSecond);
    const maskedPhone = dice.chance(0.93)
      ? `1${dice.pick(['38', '39', '36', '58', '86', '77', '99', '52'])}****${String(dice.whole(0, 9999)).padStart(4, '0')}`
      : '';
    aliases.push({ kind: 'alias', customer: person.id, alias, maskedPhone, byPerson: dice.chance(0.04), atMs });
    links.push({ kind: 'identity-link', keyKind: 'openid', key: `o-${person.id}`, customer: person.id, atMs });
    if (maskedPhone)
      links.push({ kind: 'identity-link', keyKind: 'masked-phone', key: maskedPhone, customer: person.id, atMs });
    if (dice.chance(0.6))
      links.push({
        kind: 'identity-link',
        keyKind: 'external-userid',
        key: `wm-${person.id}`,
        customer: person.id,
        atMs,
      });
    // Every three-hundredth came back under a second id that carries the same union id as the first.
    const before = people[at - 7];
    if (at % 300 === 299 && before) {
      for (const customer of [person.id, before.id])
        links.push({ kind: 'identity-link', keyKind: 'unionid', key: `u-${before.id}`, customer, atMs });
    }
    for (const [channel, purpose, granted, refused] of consentShares) {
      const draw = dice.uniform();
      if (draw >= granted + refused) continue;
      consents.push({
        kind: 'consent',
        customer: person.id,
        channel,
        purpose,
        state: draw < granted ? 'granted' : 'refused',
        source: draw < granted ? 'message' : 'member:xu-ning',
        atMs: atMs + 60_000,
      });
    }
    if (at % 211 === 5)
      tagMarks.push({
        kind: 'tag-mark',
        customer: person.id,
        tag: markedTag,
        state: at % 422 === 5 ? 'on' : 'off',
        byMember: 'xu-ning',
        atMs,
      });
  });
  return { aliases, links, consents, tagMarks };
};
