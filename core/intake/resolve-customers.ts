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
  const personOf = createPersonReader();

  const learn = async (people: readonly Person[]): Promise<ReadonlyMap<string, CandidateKey>> => {
    const fresh = new Map<string, CandidateKey>();
    for (const { keys, names } of people)
      names.forEach((name, at) => {
        if (!known.has(name)) fresh.set(name, keys[at] as CandidateKey);
      });
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
      const people = lines.map(personOf);
      const fresh = await learn(people);
      const links: NewLink[] = [];
      const aliases: NewAlias[] = [];
      const contacts: NewContact[] = [];
      const owners = new Array<string>(lines.length);
      lines.forEach((line, at) => {
        const person = people[at] as Person;
        // The rows of one order most often say the same of one person.
        owners[at] =
          person === people[at - 1] && (line.nickname === '' || named.has(owners[at - 1] as string))
            ? (owners[at - 1] as string)
            : settle(line, person);
      });
      return { customers: owners, links, aliases, contacts };

      function settle(line: CandidateLine, { keys, names }: Person): string {
        const owners = names.map((name) => known.get(name));
        const customer = owners.find((owner) => owner !== undefined) ?? newCustomer();
        if (owners.includes(erasedOwner)) {
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
          const maskedPhone = shownPhone(phone, masked);
          if (line.nickname || maskedPhone)
            aliases.push({ customer, alias: line.nickname, maskedPhone, atMs: line.atMs });
        }
        return customer;
      }
    },
  };
};

/** What may be shown of a phone; empty when what is masked is not shown as phones are. */
function shownPhone(phone: CandidateKey | undefined, masked: CandidateKey | undefined): string {
  if (phone) return maskPhone(phone.key);
  return masked && /^\d{3}\*+\d{2,4}$/.test(masked.key) ? masked.key : '';
}

/** By what a row names its customer: the strong keys, and the same as single words. */
interface Person {
  readonly keys: readonly CandidateKey[];
  readonly names: readonly string[];
}

/** Equal keys are most often the very same: then so is the person. */
function createPersonReader(): (line: CandidateLine) => Person {
  const personByKeys = new WeakMap<readonly CandidateKey[], Person>();
  return (line) => {
    let person = personByKeys.get(line.keys);
    if (person !== undefined) return person;
    const keys = strongKeys(line);
    person = { keys, names: keys.map(nameOf) };
    if (keys.some((key) => line.keys.includes(key))) personByKeys.set(line.keys, person);
    return person;
  };
}

/** Order numbers stand in for a customer whom nothing else names. */
function strongKeys(line: CandidateLine): readonly CandidateKey[] {
  const strong = line.keys.filter(({ kind }) => kind !== 'masked-phone');
  return strong.length > 0 ? strong : [{ kind: 'platform-id', key: `order:${line.shop}:${line.order}` }];
}

function nameOf({ kind, key }: CandidateKey): string {
  return `${kind}\u0001${key}`;
}
