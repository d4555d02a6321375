/** The authority and the server certificate in the data folder: read, or made when missing or no longer fitting. */
import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type PemPair, createAuthority, createServerCertificate } from './local-authority.ts';
import type { OwnAddresses } from './own-addresses.ts';

export interface Certificates {
  readonly server: PemPair;
  readonly authority: {
    readonly cert: string;
    readonly der: Uint8Array<ArrayBuffer>;
    /** SHA-256, in pairs of digits. */
    readonly fingerprint: string;
  };
}

const renewMs = 30 * 86_400_000;

export const openCertificates = async (folder: string, own: OwnAddresses, nowMs: number): Promise<Certificates> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const machine = own.names.find((name) => name !== 'localhost') ?? 'this machine';
  const authority =
    (await readPair(folder, 'authority')) ?? (await keep(folder, 'authority', await createAuthority(machine, nowMs)));
  const present = await readPair(folder, 'server');
  const server =
    present && isFitting(present, authority, own, nowMs)
      ? present
      : await createServerCertificate(authority, own, nowMs);
  // On a full disk it serves unkept.
  if (server !== present) await keep(folder, 'server', server).catch(() => {});
  const certificate = new X509Certificate(authority.cert);
  return {
    server,
    authority: {
      cert: authority.cert,
      der: new Uint8Array(certificate.raw),
      fingerprint: certificate.fingerprint256,
    },
  };
};

const isFitting = ({ cert }: PemPair, authority: PemPair, own: OwnAddresses, nowMs: number): boolean => {
  const certificate = new X509Certificate(cert);
  return (
    certificate.verify(new X509Certificate(authority.cert).publicKey) &&
    Date.parse(certificate.validTo) - nowMs > renewMs &&
    own.names.every((name) => certificate.checkHost(name) !== undefined) &&
    own.addresses.every((address) => certificate.checkIP(address) !== undefined)
  );
};

const readPair = async (folder: string, name: string): Promise<PemPair | null> => {
  try {
    const [cert, key] = await Promise.all(
      ['cert', 'key'].map((part) => readFile(join(folder, `${name}-${part}.pem`), 'utf8')),
    );
    return cert && key ? { cert, key } : null;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
};

/** The key goes first: a certificate without its key would be used and fail. */
const keep = async (folder: string, name: string, pair: PemPair): Promise<PemPair> => {
  for (const part of ['key', 'cert'] as const) {
    const path = join(folder, `${name}-${part}.pem`);
    await writeFile(`${path}.part`, pair[part], { mode: 0o600 });
    await rename(`${path}.part`, path);
  }
  return pair;
};
