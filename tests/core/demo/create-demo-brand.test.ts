import { beforeAll, describe, expect, it } from 'vitest';
import { createDemoBrand, type DemoBrand, demoCustomers } from '#core/demo/create-demo-brand.ts';
import { demoProducts } from '#core/demo/products.data.ts';
import { dayFromMs, hourFromMs } from '#core/units/business-day.ts';
import { checkLine } from '#core/wording/check-line.ts';

const asOfDay = 20_779;
const itemsOf = (tag: string): ReadonlySet<string> =>
  new Set(demoProducts.filter(({ tags }) => tags.includes(tag)).flatMap(({ items }) => items));

describe('the demo brand', () => {
  let brand: DemoBrand;
  beforeAll(() => {
    brand = createDemoBrand({ seed: 'north-slope', asOfDay });
  });

  it('[DEMO1] the same seed and day give the same brand, another seed another', () => {
    const small = { seed: 'a', asOfDay, customers: 300 };
    expect(createDemoBrand(small)).toEqual(createDemoBrand(small));
    expect(createDemoBrand({ ...small, seed: 'b' }).facts).not.toEqual(createDemoBrand(small).facts);
  });
  it('[DEMO2] orders end the day before; tonight is planned, yesterday evening is over', () => {
    const days = brand.facts.flatMap((fact) => (fact.kind === 'order-line' ? [dayFromMs(fact.atMs)] : []));
    expect(Math.max(...days)).toBe(asOfDay - 1);
    expect(Math.max(...days) - Math.min(...days)).toBeGreaterThan(120);
    const tonight = brand.campaigns.find(({ startMs }) => dayFromMs(startMs) === asOfDay);
    expect(tonight).toMatchObject({ phase: 'before', onAir: null });
    expect(hourFromMs(tonight!.startMs)).toBe(20);
    expect(tonight!.items).toHaveLength(12);
    expect(brand.campaigns.some(({ onAir }) => onAir !== null && dayFromMs(onAir.endedMs) === asOfDay - 1)).toBe(true);
    expect(brand.counts.customers).toBeGreaterThanOrEqual(demoCustomers);
    expect(brand.counts.orders).toBeGreaterThan(50_000);
  });
  it('[DEMO4] bakers and light eaters buy what they are named for', () => {
    for (const [persona, tag] of [
      ['baker', '烘焙爱好者'],
      ['fitness', '健身轻食派'],
      ['infant', '宝宝辅食关注者'],
    ] as const) {
      const own = itemsOf(tag);
      const share = (wanted: boolean): number => {
        const lines = brand.facts.filter(
          (fact) => fact.kind === 'order-line' && (brand.planted.personas.get(fact.customer) === persona) === wanted,
        );
        return lines.filter((fact) => fact.kind === 'order-line' && own.has(fact.item)).length / lines.length;
      };
      expect(share(true)).toBeGreaterThan(0.35);
      expect(share(true)).toBeGreaterThan(2 * share(false));
    }
  });
  it('[DEMO5] phones are masked and no key is a contact detail', () => {
    for (const fact of brand.facts) {
      if (fact.kind === 'alias') expect(fact.maskedPhone).toMatch(/^(1\d\d\*{4}\d{4})?$/);
      if (fact.kind === 'identity-link')
        expect(['openid', 'unionid', 'external-userid', 'masked-phone']).toContain(fact.keyKind);
    }
  });
  it('[DEMO6] nobody who refused or never agreed was sent marketing', () => {
    const agreed = new Set(
      brand.facts.flatMap((fact) =>
        fact.kind === 'consent' && fact.channel === 'wecom-1v1' && fact.state === 'granted' ? [fact.customer] : [],
      ),
    );
    const sent = brand.facts.filter((fact) => fact.kind === 'decision' && fact.rule === 'follow-up/watched');
    expect(sent.length).toBeGreaterThan(100);
    expect(sent.every((fact) => fact.kind === 'decision' && agreed.has(fact.customer))).toBe(true);
  });
  it('[DEMO2] tonight one line of the script needs the check', () => {
    const tonight = brand.campaigns.find(({ startMs }) => dayFromMs(startMs) === asOfDay)!;
    const lines = tonight.items.flatMap(({ script }) => script.split('\n'));
    const blocked = lines.filter((line) => checkLine(line).some(({ verdict }) => verdict === 'block'));
    expect(blocked).toHaveLength(1);
  });
});
