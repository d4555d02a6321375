import { defaultVariants } from './default-variants.data.ts';

/**
 * The key under which orders name a product: the SKU code alone, else the item's code with its specification, else its
 * name with its specification. It must be the same in every export of the same order, so nothing else goes in.
 */
export const itemKeyOf = (sku: string, code: string, name: string, spec: string): string => {
  if (sku !== '') return sku;
  const base = code !== '' ? code : name.normalize('NFKC').replace(/\s+/g, ' ');
  return base === '' || spec === '' ? base : `${base} / ${spec.normalize('NFKC').replace(/\s+/g, ' ')}`;
};

const defaults = new Set(defaultVariants);

/** What people read: name and specification, without one that says no more than that there is a single variant. */
export const itemNameOf = (name: string, spec: string): string => {
  const variant = spec.slice(spec.search(/[:\uff1a]/) + 1).trim();
  return variant === '' || defaults.has(variant.toLowerCase()) || name.includes(spec) ? name : `${name} ${spec}`.trim();
};
