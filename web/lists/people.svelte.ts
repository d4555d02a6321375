/** The people behind a figure, a page at a time, in a sheet of the screen; whoever opens it says how to load them. */
import type { CustomerRow } from '#core/insight/profile/customer-row.ts';

export interface PeoplePage {
  readonly total: number;
  readonly rows: readonly CustomerRow[];
}
export type LoadPeople = (first: number, count: number) => Promise<PeoplePage>;

const pageSize = 50;
/** A page of an export. */
const exportSize = 2000;

export class People {
  isOpen = $state(false);
  title = $state('');
  total = $state(0);
  rows = $state.raw<readonly CustomerRow[]>([]);
  isLoading = $state(false);
  hasFailed = $state(false);
  #load: LoadPeople | null = null;
  #opening = 0;

  open(title: string, load: LoadPeople): void {
    this.#opening++;
    this.#load = load;
    this.title = title;
    this.total = 0;
    this.rows = [];
    this.isOpen = true;
    void this.more();
  }

  /** The next page. */
  more(): Promise<void> {
    const before = this.rows;
    return this.#fetch(before.length, pageSize, (rows) => [...before, ...rows]);
  }

  /** As many as are shown, again: the facts changed. */
  async refresh(): Promise<void> {
    if (!this.isOpen) return;
    this.#opening++;
    await this.#fetch(0, Math.max(this.rows.length, pageSize), (rows) => rows);
  }

  async #fetch(
    first: number,
    count: number,
    take: (rows: readonly CustomerRow[]) => readonly CustomerRow[],
  ): Promise<void> {
    const opening = this.#opening;
    const load = this.#load;
    if (!load) return;
    this.isLoading = true;
    this.hasFailed = false;
    try {
      const { total, rows } = await load(first, count);
      if (opening !== this.#opening) return;
      this.total = total;
      this.rows = take(rows);
    } catch {
      if (opening === this.#opening) this.hasFailed = true;
    }
    if (opening === this.#opening) this.isLoading = false;
  }

  /** Everybody, for a file. */
  async all(): Promise<readonly CustomerRow[]> {
    const found: CustomerRow[] = [];
    for (;;) {
      const page = await this.#load?.(found.length, exportSize);
      if (!page || page.rows.length === 0) return found;
      found.push(...page.rows);
      if (found.length >= page.total) return found;
    }
  }
}
