/**
 * Who is one person: customers joined by the strong keys they carry. People are the connected components of the graph
 * of keys and customers; each is called by the smallest of its customer ids. Links can be taken away again, and then
 * exactly what they had joined comes apart. Works only on the components that a change touches.
 */
export class IdentityGraph {
  readonly #customer: number[] = [];
  readonly #key: number[] = [];
  /** How many facts say so. */
  readonly #said: number[] = [];
  readonly #nextOfCustomer: number[] = [];
  readonly #nextOfKey: number[] = [];
  readonly #firstOfCustomer = new Map<number, number>();
  readonly #firstOfKey = new Map<number, number>();
  /** Only customers that are not alone have an entry. */
  readonly #canonical = new Map<number, number>();
  readonly #members = new Map<number, readonly number[]>();
  readonly #dirty = new Set<number>();

  connect(key: number, customer: number): void {
    const link = this.#find(key, customer);
    if (link >= 0) {
      if (this.#said[link]!++ === 0) this.#dirty.add(customer);
      return;
    }
    const fresh = this.#customer.push(customer) - 1;
    this.#key.push(key);
    this.#said.push(1);
    this.#nextOfCustomer.push(this.#firstOfCustomer.get(customer) ?? -1);
    this.#nextOfKey.push(this.#firstOfKey.get(key) ?? -1);
    this.#firstOfCustomer.set(customer, fresh);
    this.#firstOfKey.set(key, fresh);
    this.#dirty.add(customer);
  }

  disconnect(key: number, customer: number): void {
    const link = this.#find(key, customer);
    if (link >= 0 && this.#said[link]! > 0 && --this.#said[link]! === 0) this.#dirty.add(customer);
  }

  canonical(customer: number): number {
    return this.#canonical.get(customer) ?? customer;
  }

  /** Everyone who is the same person as this canonical customer, itself included. */
  members(canonical: number): readonly number[] {
    return this.#members.get(canonical) ?? [canonical];
  }

  /** Any customer that carries the key, made canonical; -1 when nobody does. */
  customerOfKey(key: number): number {
    for (let link = this.#firstOfKey.get(key) ?? -1; link >= 0; link = this.#nextOfKey[link]!)
      if (this.#said[link]! > 0) return this.canonical(this.#customer[link]!);
    return -1;
  }

  /** Joins and parts what changed since the last call; `moved` hears of each customer whose canonical one is another. */
  settle(compare: (a: number, b: number) => number, moved: (customer: number, from: number, to: number) => void): void {
    if (this.#dirty.size === 0) return;
    const touched = this.#reach(this.#dirty, true);
    this.#dirty.clear();
    const placed = new Set<number>();
    for (const customer of touched) {
      if (placed.has(customer)) continue;
      const people = [...this.#reach([customer], false)];
      for (const one of people) placed.add(one);
      this.#place(people, compare, moved);
    }
  }

  #place(
    people: readonly number[],
    compare: (a: number, b: number) => number,
    moved: (customer: number, from: number, to: number) => void,
  ): void {
    let to = people[0]!;
    for (const one of people) if (compare(one, to) < 0) to = one;
    for (const one of people) {
      const from = this.canonical(one);
      if (one !== to) this.#members.delete(one);
      if (people.length === 1) this.#canonical.delete(one);
      else this.#canonical.set(one, to);
      if (from !== to) moved(one, from, to);
    }
    if (people.length === 1) this.#members.delete(to);
    else this.#members.set(to, people);
  }

  /** Everyone connected to these by keys, and, on demand, by how they were joined before. */
  #reach(start: Iterable<number>, asBefore: boolean): Set<number> {
    const reached = new Set<number>(start);
    const followed = new Set<number>();
    const gathered = new Set<number>();
    for (const customer of reached) {
      const canonical = this.canonical(customer);
      if (asBefore && !gathered.has(canonical)) {
        gathered.add(canonical);
        for (const one of this.members(canonical)) reached.add(one);
      }
      for (let link = this.#firstOfCustomer.get(customer) ?? -1; link >= 0; link = this.#nextOfCustomer[link]!) {
        if (this.#said[link] === 0 || followed.has(this.#key[link]!)) continue;
        followed.add(this.#key[link]!);
        for (let other = this.#firstOfKey.get(this.#key[link]!) ?? -1; other >= 0; other = this.#nextOfKey[other]!)
          if (this.#said[other]! > 0) reached.add(this.#customer[other]!);
      }
    }
    return reached;
  }

  #find(key: number, customer: number): number {
    let link = this.#firstOfCustomer.get(customer) ?? -1;
    while (link >= 0 && this.#key[link] !== key) link = this.#nextOfCustomer[link]!;
    return link;
  }
}
