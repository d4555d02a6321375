/**
 * From keys to customers: a key the workspace knows gives its customer; unknown ones give a new id, and every strong
 * key of a row is linked to the same customer. A row with nothing but a masked phone, or nothing at all, is known by
 * its order number, so that importing the order again finds the same customer. Contact details are hashed before they
 * are asked about; the clear ones are handed out for the device vault and nothing else.
 */
import type { CandidateKey, CandidateLine } from './candidate-line.ts';
import { maskPhone } from './customer-key.ts';
import { isContact } from './hash-key.ts';

/** In place of a customer: whose key this is asked to be forgotten. */
export const erasedOwner = 'erased';

export interface ResolverDeps {
  /** The key as it is stored: contact details hashed. */
  hash(key: CandidateKey): Promise<string>;
  /** For each key the customer who carries it, or empty, or `erasedOwner`. */
  ask(keys: readonly CandidateKey[]): Promise<readonly string[]>;
  newCustomer(): string;
}

export interface NewLink {
  readonly keyKind: CandidateKey['kind'];
  readonly key: string;
  readonly customer: string;
  readonly atMs: number;
}
export interface NewAlias {
  readonly customer: string;
  readonly alias: string;
  readonly maskedPhone: string;
  readonly atMs: number;
}
export interface NewContact {
  readonly customer: string;
  readonly kind: 'phone' | 'email';
  readonly clear: string;
}

export interface Resolved {
  /** By line; empty where the line is an erased person's and must not come in. */
  readonly customers: readonly string[];
  readonly links: readonly NewLink[];
  readonly aliases: readonly NewAlias[];
  readonly contacts: readonly NewContact[];
}

export interface CustomerResolver {
  resolve(lines: readonly CandidateLine[]): Promise<Resolved>;
  /** Customers met so far, known and new. */
  readonly customers: ReadonlySet<string>;
}

export const createCustomerResolver = ({ hash, ask, newCustomer }: ResolverDeps): CustomerResolver => {
  /** By clear key; lives as long as the import. */
  const known = new Map<string, string>();
  const linked = new Set<string>();
  const named = new Set<string>();
  const customers = new Set<string>();

  const learn = async (lines: readonly CandidateLine[]): Promise<ReadonlyMap<string, CandidateKey>> => {
    const fresh = new Map<string, CandidateKey>();
    for (const line of lines) {
      for (const key of strongKeys(line)) {
        const name = nameOf(key);
        if (!known.has(name)) fresh.set(name, key);
      }
    }
    const names = [...fresh.keys()];
    const stored = await Promise.all(
      [...fresh.values()].map(async (key) => ({ kind: key.kind, key: await hash(key) })),
    );
    const answers = stored.length === 0 ? [] : await ask(stored);
    names.forEach((name, at) => {
      if (answers[at]) known.set(name, answers[at]);
      fresh.set(name, stored[at] as CandidateKey);
    });
    return fresh;
  };

  return {
    customers,
    async resolve(lines) {
      const fresh = await learn(lines);
      const links: NewLink[] = [];
      const aliases: NewAlias[] = [];
      const contacts: NewContact[] = [];
      const owners = lines.map((line) => {
        const keys = strongKeys(line);
        const names = keys.map(nameOf);
        const customer = names.map((name) => known.get(name)).find((owner) => owner !== undefined) ?? newCustomer();
        if (names.some((name) => known.get(name) === erasedOwner)) {
          for (const name of names) known.set(name, erasedOwner);
          return '';
        }
        customers.add(customer);
        keys.forEach((key, at) => {
          const name = names[at] as string;
          const stored = fresh.get(name);
          if (stored && !linked.has(name)) {
            linked.add(name);
            links.push({ keyKind: stored.kind, key: stored.key, customer, atMs: line.atMs });
            if (isContact(key)) contacts.push({ customer, kind: key.kind as 'phone' | 'email', clear: key.key });
          }
          if (!known.has(name)) known.set(name, customer);
        });
        const masked = line.keys.find(({ kind }) => kind === 'masked-phone');
        if (masked && !linked.has(customer + masked.key)) {
          linked.add(customer + masked.key);
          links.push({ keyKind: 'masked-phone', key: masked.key, customer, atMs: line.atMs });
        }
        const phone = line.keys.find(({ kind }) => kind === 'phone');
        if ((line.nickname || masked || phone) && !named.has(customer)) {
          named.add(customer);
          const maskedPhone = phone
            ? maskPhone(phone.key)
            : masked && /^\d{3}\*+\d{2,4}$/.test(masked.key)
              ? masked.key
              : '';
          if (line.nickname || maskedPhone)
            aliases.push({ customer, alias: line.nickname, maskedPhone, atMs: line.atMs });
        }
        return customer;
      });
      return { customers: owners, links, aliases, contacts };
    },
  };
};

/** Order numbers stand in for a customer whom nothing else names. */
function strongKeys(line: CandidateLine): readonly CandidateKey[] {
  const strong = line.keys.filter(({ kind }) => kind !== 'masked-phone');
  return strong.length > 0 ? strong : [{ kind: 'platform-id', key: `order:${line.shop}:${line.order}` }];
}

function nameOf({ kind, key }: CandidateKey): string {
  return `${kind}\u0001${key}`;
}
