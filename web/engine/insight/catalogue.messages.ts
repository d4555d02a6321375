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

export interface CatalogueRequests {
  /** Products that sold within the last `days`, all time when null; most money first. */
  'catalogue.sales': { ask: { readonly days: number | null }; answer: readonly ProductSales[] };
}
