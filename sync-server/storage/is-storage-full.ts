/** A write failed for want of room: as SQLite, the file system and PostgreSQL say it. */
export const isStorageFull = (error: unknown): boolean => /disk (is )?full|no space left/i.test(String(error));
