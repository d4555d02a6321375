/** What is stored cannot be read, now or later: as SQLite and PostgreSQL say it. */
export const isStorageDamaged = (error: unknown): boolean =>
  /disk image is malformed|not a database|invalid page|could not read block|\bcorrupt/i.test(String(error));
