/**
 * A certificate authority of this machine's own, and certificates for its addresses, in PEM. The authority may sign
 * server certificates only (path length 0) and lasts ten years; a server certificate lasts 397 days, the most that
 * every browser accepts.
 */
import { webcrypto } from 'node:crypto';
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  AuthorityKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import type { OwnAddresses } from './own-addresses.ts';

export interface PemPair {
  readonly cert: string;
  readonly key: string;
}

const dayMs = 86_400_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
type CryptoKey = webcrypto.CryptoKey;

export const createAuthority = async (machine: string, nowMs: number): Promise<PemPair> => {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: createSerial(),
    // The name a person sees in a tablet's list of trusted certificates.
    name: [{ O: ['Larder'] }, { CN: [`Larder on ${machine}`] }],
    notBefore: new Date(nowMs - dayMs),
    notAfter: new Date(nowMs + 3650 * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey, false),
    ],
  });
  return { cert: certificate.toString('pem'), key: await pemFromKey(keys.privateKey) };
};

export const createServerCertificate = async (
  authority: PemPair,
  own: OwnAddresses,
  nowMs: number,
): Promise<PemPair> => {
  const issuer = new X509Certificate(authority.cert);
  const signingKey = await keyFromPem(authority.key);
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: createSerial(),
    subject: [{ CN: [own.networkAddress ?? 'localhost'] }],
    issuer: issuer.subject,
    notBefore: new Date(nowMs - dayMs),
    notAfter: new Date(nowMs + 396 * dayMs),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        ...own.names.map((value) => ({ type: 'dns' as const, value })),
        ...own.addresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
      await AuthorityKeyIdentifierExtension.create(issuer, false),
      await SubjectKeyIdentifierExtension.create(keys.publicKey, false),
    ],
  });
  return { cert: certificate.toString('pem'), key: await pemFromKey(keys.privateKey) };
};

const createSerial = (): string =>
  Buffer.from(
    webcrypto.getRandomValues(new Uint8Array(16)).map((byte, at) => (at === 0 ? (byte & 0x7f) | 1 : byte)),
  ).toString('hex');

const pemFromKey = async (key: CryptoKey): Promise<string> =>
  PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');

const keyFromPem = (pem: string): Promise<CryptoKey> =>
  webcrypto.subtle.importKey('pkcs8', PemConverter.decodeFirst(pem), algorithm, false, ['sign']);
