/** Files that may be longer than the ceiling of their kind. Each with its reason and date. */
export const longFiles: Readonly<Record<string, string>> = {};
