/**
 * Finds customers by what a person remembers: part of a name, its pinyin initials, the last digits of a phone, an id.
 * Names are gathered once for each state of the ledger; initials only when Latin letters are typed.
 */
import type { Ledger } from '#core/datasets/ledger-columns.ts';

export class CustomerSearch {
  readonly #ledger: Ledger;
  #version = -1;
  #names: readonly string[] = [];
  #phones: readonly string[] = [];
  #initials: readonly string[] | null = null;
  readonly #initialOf = new Map<string, string>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** 1 for each customer that fits; null when nothing was asked. */
  async match(search: string): Promise<Uint8Array | null> {
    const wanted = search.trim().toLowerCase();
    if (wanted === '') return null;
    this.#gather();
    const mask = new Uint8Array(this.#ledger.customerCount);
    const isDigits = /^\d{2,11}$/.test(wanted);
    const initials = /^[a-z]{1,8}$/.test(wanted) ? await this.#initialsOfAll() : null;
    for (let c = 0; c < mask.length; c++) {
      const name = this.#names[c] ?? '';
      const fits =
        name.includes(wanted) ||
        (isDigits && (this.#phones[c] ?? '').endsWith(wanted)) ||
        (initials !== null && (initials[c] ?? '').startsWith(wanted));
      mask[c] = fits ? 1 : 0;
    }
    const exact = this.#ledger.denseCustomer(wanted);
    if (exact >= 0) mask[exact] = 1;
    return mask;
  }

  #gather(): void {
    if (this.#version === this.#ledger.version) return;
    const size = this.#ledger.customerCount;
    const names = new Array<string>(size);
    const phones = new Array<string>(size);
    for (let c = 0; c < size; c++) {
      const { alias, maskedPhone } = this.#ledger.customer(c);
      names[c] = alias.toLowerCase();
      phones[c] = maskedPhone;
    }
    this.#names = names;
    this.#phones = phones;
    this.#initials = null;
    this.#version = this.#ledger.version;
  }

  async #initialsOfAll(): Promise<readonly string[]> {
    if (this.#initials) return this.#initials;
    const { pinyin } = await import('pinyin-pro');
    const initialOf = (letter: string): string => {
      let initial = this.#initialOf.get(letter);
      if (initial === undefined) {
        initial = pinyin(letter, { pattern: 'first', toneType: 'none' }).toLowerCase();
        this.#initialOf.set(letter, initial);
      }
      return initial;
    };
    this.#initials = this.#names.map((name) => Array.from(name, initialOf).join(''));
    return this.#initials;
  }
}
