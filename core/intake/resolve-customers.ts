/**
 * From keys to customers: a key the workspace knows gives its customer; unknown ones give a new id, and every strong
 * key of a row is linked to the same customer. A row with nothing but a masked phone, or nothing at all, is known by
 * its order number, so that importing the order again finds the same customer. Contact details are hashed before they
 * are asked about; the clear ones are handed out for the device vault and nothing else.
 */
import type { CandidateKey, SettledLine } from './candidate-line.ts';
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
  /** May be called ahead: what is asked is asked at once, and batches are settled in the order they were given. */
  resolve(lines: readonly SettledLine[]): Promise<Resolved>;
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
  /** Somebody was found to be erased: what was settled before may be theirs. */
  let erasures = 0;
  const isSettled = (person: Person): boolean => person.erasures === erasures;

  const learn = async (people: readonly Person[]): Promise<ReadonlyMap<string, CandidateKey>> => {
    const fresh = freshKeys(
      people.filter((person) => !isSettled(person)),
      known,
    );
    const stored = await Promise.all(
      fresh.map(async ([name, key]) => [name, { ...key, key: await hash(key) }] as const),
    );
    const answers = stored.length === 0 ? [] : await ask(stored.map(([, key]) => key));
    stored.forEach(([name], at) => {
      if (answers[at]) known.set(name, answers[at]);
    });
    return new Map(stored);
  };

  const settleAll = (
    lines: readonly SettledLine[],
    people: readonly Person[],
    fresh: ReadonlyMap<string, CandidateKey>,
  ): Resolved => {
    const links: NewLink[] = [];
    const aliases: NewAlias[] = [];
    const contacts: NewContact[] = [];
    const owners = lines.map((line, at) => {
      const person = people[at] as Person;
      if (!isSettled(person) || (line.nickname !== '' && !named.has(person.owner))) {
        person.owner = settle(line, person);
        person.erasures = erasures;
      }
      return person.owner;
    });
    return { customers: owners, links, aliases, contacts };

    function settle(line: SettledLine, { keys, names }: Person): string {
      const owners = names.map((name) => known.get(name));
      const customer = owners.find((owner) => owner !== undefined) ?? newCustomer();
      if (owners.includes(erasedOwner)) {
        if (owners.some((owner) => owner !== erasedOwner)) erasures++;
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
      showBy(line, customer, { linked, named, links, aliases });
      return customer;
    }
  };

  let before: Promise<unknown> = Promise.resolve();
  return {
    customers,
    resolve(lines) {
      const people = lines.map(personOf);
      const resolved = Promise.all([learn(people), before]).then(([fresh]) => settleAll(lines, people, fresh));
      before = resolved.catch(() => undefined);
      return resolved;
    },
  };
};

interface Shown {
  readonly linked: Set<string>;
  readonly named: Set<string>;
  readonly links: NewLink[];
  readonly aliases: NewAlias[];
}

/** The masked phone that suggests a customer, and the name they are shown by. */
function showBy(line: SettledLine, customer: string, { linked, named, links, aliases }: Shown): void {
  const masked = line.keys.find(({ kind }) => kind === 'masked-phone');
  if (masked && !linked.has(customer + masked.key)) {
    linked.add(customer + masked.key);
    links.push({ keyKind: 'masked-phone', key: masked.key, customer, atMs: line.atMs });
  }
  const phone = line.keys.find(({ kind }) => kind === 'phone');
  if ((line.nickname || masked || phone) && !named.has(customer)) {
    named.add(customer);
    const maskedPhone = shownPhone(phone, masked);
    if (line.nickname || maskedPhone) aliases.push({ customer, alias: line.nickname, maskedPhone, atMs: line.atMs });
  }
}

/** What may be shown of a phone; empty when what is masked is not shown as phones are. */
function shownPhone(phone: CandidateKey | undefined, masked: CandidateKey | undefined): string {
  if (phone) return maskPhone(phone.key);
  return masked && /^\d{3}\*+\d{2,4}$/.test(masked.key) ? masked.key : '';
}

/** By what a row names its customer: the strong keys, and the same as single words. */
interface Person {
  readonly keys: readonly CandidateKey[];
  readonly names: readonly string[];
  /** Who it is, as of so many erasures. */
  owner: string;
  erasures: number;
}

/** By name, each once: what nobody has been found for yet. */
function freshKeys(
  people: readonly Person[],
  known: ReadonlyMap<string, string>,
): readonly (readonly [string, CandidateKey])[] {
  const fresh = new Map<string, CandidateKey>();
  for (const { keys, names } of people)
    names.forEach((name, at) => {
      if (!known.has(name)) fresh.set(name, keys[at] as CandidateKey);
    });
  return [...fresh];
}

/** Equal keys are most often the very same: then so is the person. */
function createPersonReader(): (line: SettledLine) => Person {
  const personByKeys = new WeakMap<readonly CandidateKey[], Person>();
  return (line) => {
    let person = personByKeys.get(line.keys);
    if (person !== undefined) return person;
    const keys = strongKeys(line);
    person = { keys, names: keys.map(nameOf), owner: '', erasures: -1 };
    if (keys.some((key) => line.keys.includes(key))) personByKeys.set(line.keys, person);
    return person;
  };
}

/** Order numbers stand in for a customer whom nothing else names. */
function strongKeys(line: SettledLine): readonly CandidateKey[] {
  const strong = line.keys.filter(({ kind }) => kind !== 'masked-phone');
  return strong.length > 0 ? strong : [{ kind: 'platform-id', key: `order:${line.shop}:${line.order}` }];
}

function nameOf({ kind, key }: CandidateKey): string {
  return `${kind}\u0001${key}`;
}
