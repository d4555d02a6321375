import type { Access, AuditEntry } from './access.ts';
import type { AccessDeps } from './create-access.ts';
import { createId } from './secrets.ts';

const yearMs = 365 * 86_400_000;

export const createAudit = ({ records, nowMs }: AccessDeps): Pick<Access, 'audit' | 'listAudit'> => {
  /** What happened within one millisecond stays in order. */
  let written = 0;
  return {
    audit: async (workspace, entry) => {
      const atMs = nowMs();
      written += 1;
      const key = `${workspace}/${String(atMs).padStart(14, '0')}-${String(written).padStart(9, '0')}-${createId()}`;
      await records.write([{ collection: 'audit', key, value: { ...entry, atMs }, expiresMs: atMs + yearMs }]);
    },
    listAudit: async (workspace) =>
      (await records.list('audit', `${workspace}/`)).map(({ value }) => value as AuditEntry),
  };
};
