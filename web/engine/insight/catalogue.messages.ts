/** What the catalogue screen asks: what each product sold. */
export interface ProductSales {
  /** Catalogue id; empty while no product owns the item. */
  readonly productId: string;
  readonly item: string;
  readonly name: string;
  readonly orders: number;
  readonly customers: number;
  readonly quantityMilli: number;
  /** Refunds taken off. */
  readonly netFen: number;
  readonly lastDay: number;
}

/** Seven business days of one product; the last week ends with today. */
export interface WeekOfSales {
  readonly fromDay: number;
  readonly orders: number;
  readonly quantityMilli: number;
  readonly netFen: number;
}

export interface CatalogueRequests {
  /** What one product sold in each of the last `weeks` weeks, oldest first; empty when nobody ever bought it. */
  'catalogue.weeks': {
    ask: { readonly product: string; readonly weeks: number };
    answer: readonly WeekOfSales[];
  };
  /** Products that only orders brought and that no order line which counts names any more (CAT16). */
  'catalogue.unordered': { ask: null; answer: readonly string[] };
  /** Products that sold within the last `days`, all time when null; most money first. */
  'catalogue.sales': { ask: { readonly days: number | null }; answer: readonly ProductSales[] };
}
