/** The only reader of the environment. Fails at start with the name of the variable that is wrong. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export interface Configuration {
  readonly port: number;
  readonly host: string;
  readonly data: string;
  /** The built app. */
  readonly build: string;
  readonly isLan: boolean;
  readonly isBehindProxy: boolean;
  readonly certificate: { readonly certPath: string; readonly keyPath: string } | null;
  /** What contact details are sealed under; null: the key file of the data folder. */
  readonly keys: { readonly current: Uint8Array; readonly old: Uint8Array | null } | null;
  /** PostgreSQL in place of the data folder's database; null without. */
  readonly database: string | null;
  /** Set where several processes share the database. */
  readonly redis: string | null;
  /** Where the other processes reach this one; an empty host is every address of this machine, under its name. */
  readonly peer: { readonly host: string; readonly port: number };
  /** A process that is silent for so long is taken for dead by the others. */
  readonly leaseMs: number;
  /** Rooms for tests from outside; null on every server that people use. */
  readonly test: { readonly token: string; readonly prefix: string; readonly limitFactor: number } | null;
  /** Write the demo brand at the first start. */
  readonly wantsDemo: boolean;
  /** Learn the parameters of beliefs here; without it devices do. */
  readonly wantsFits: boolean;
}

export class BadConfiguration extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

export const readConfiguration = (environment: Environment = process.env): Configuration => {
  const isLan = readSwitch(environment, 'LARDER_LAN');
  const isBehindProxy = readSwitch(environment, 'LARDER_BEHIND_PROXY');
  const certificate = readCertificate(environment);
  const host = environment.HOST || (isLan ? '0.0.0.0' : '127.0.0.1');
  if (!/^[\w.:-]+$/.test(host)) throw new BadConfiguration(`HOST is not an address: ${host}`);
  const isLoopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
  if (!isLoopback && !isLan && !isBehindProxy && certificate === null)
    throw new BadConfiguration(
      `HOST is ${host}, which other devices can reach, and plain HTTP gives them no offline mode and no secrecy: start with --lan, or set LARDER_TLS_CERT and LARDER_TLS_KEY, or LARDER_BEHIND_PROXY=1 behind a proxy that speaks HTTPS`,
    );
  return {
    port: readPort(environment),
    host,
    data: resolve(environment.LARDER_DATA || './data'),
    build: resolve(import.meta.dirname, '../build'),
    isLan,
    isBehindProxy,
    certificate,
    keys: readKeys(environment),
    ...readDatabases(environment),
    peer: readPeer(environment),
    test: readTest(environment, isLoopback),
    leaseMs: readNumber(environment, 'LARDER_LEASE_SECONDS', 6, [1, 600]) * 1000,
    wantsDemo: !readSwitch(environment, 'LARDER_NO_DEMO'),
    wantsFits: !readSwitch(environment, 'LARDER_NO_FIT'),
  };
};

const readPort = ({ PORT }: Environment): number => {
  const port = PORT === undefined || PORT === '' ? 4747 : Number(PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535 || (PORT ?? '').includes('.'))
    throw new BadConfiguration(`PORT is not a port number: ${PORT}`);
  return port;
};

const readTest = (environment: Environment, isLoopback: boolean): Configuration['test'] => {
  const { LARDER_TEST_TOKEN: token = '', LARDER_TEST_PREFIX: prefix = '' } = environment;
  if (token === '' && prefix === '') return null;
  if (token === '') throw new BadConfiguration('LARDER_TEST_TOKEN is missing: LARDER_TEST_PREFIX needs it');
  if (!/^test-[\w-]+$/.test(prefix))
    throw new BadConfiguration(
      `LARDER_TEST_PREFIX must have six characters or more and start with test-, not ${prefix}`,
    );
  if (!isLoopback) throw new BadConfiguration('LARDER_TEST_TOKEN is for this machine alone: HOST must be loopback');
  return { token, prefix, limitFactor: readNumber(environment, 'LARDER_TEST_LIMITS', 1, [1, 1000]) };
};

const readNumber = (
  environment: Environment,
  name: string,
  usual: number,
  [low, high]: readonly [number, number],
): number => {
  const found = Number(environment[name] || usual);
  if (!(found >= low && found <= high))
    throw new BadConfiguration(`${name} must be ${low} to ${high}, not ${environment[name]}`);
  return found;
};

const readDatabases = (environment: Environment): Pick<Configuration, 'database' | 'redis'> => {
  const database = readAddress(environment, 'DATABASE_URL', ['postgres:', 'postgresql:']);
  const redis = readAddress(environment, 'REDIS_URL', ['redis:', 'rediss:']);
  if (redis !== null && database === null)
    throw new BadConfiguration('DATABASE_URL is missing: REDIS_URL is for several processes on one database');
  return { database, redis };
};

const readAddress = (environment: Environment, name: string, schemes: readonly string[]): string | null => {
  const text = environment[name] ?? '';
  if (text === '') return null;
  if (!URL.canParse(text) || !schemes.includes(new URL(text).protocol))
    throw new BadConfiguration(`${name} must be an address that starts with ${schemes[0]}//`);
  return text;
};

const readPeer = ({ LARDER_PEER }: Environment): Configuration['peer'] => {
  const [, host = '', port = ''] = /^(.*):(\d{1,5})$/.exec(LARDER_PEER || '127.0.0.1:0') ?? [];
  if (port === '' || Number(port) > 65_535 || !/^[\w.:-]*$/.test(host))
    throw new BadConfiguration(`LARDER_PEER must be host:port or :port, not ${LARDER_PEER}`);
  return { host, port: Number(port) };
};

const readSwitch = (environment: Environment, name: string): boolean => {
  const value = environment[name] ?? '';
  if (!['', '0', '1'].includes(value)) throw new BadConfiguration(`${name} must be 1, 0 or unset, not ${value}`);
  return value === '1';
};

/** For a backup that carries the key. */
export const readPassphrase = ({ LARDER_PASSPHRASE }: Environment = process.env): string => LARDER_PASSPHRASE ?? '';

const readKeys = (environment: Environment): Configuration['keys'] => {
  const current = readKey(environment, 'LARDER_KEY');
  const old = readKey(environment, 'LARDER_KEY_OLD');
  if (current === null && old !== null) throw new BadConfiguration('LARDER_KEY is missing: LARDER_KEY_OLD needs it');
  return current && { current, old };
};

/** Thirty-two bytes, in hex or base64. */
const readKey = (environment: Environment, name: string): Uint8Array | null => {
  const text = environment[name] ?? '';
  if (text === '') return null;
  const key = new Uint8Array(Buffer.from(text, /^[0-9a-f]{64}$/i.test(text) ? 'hex' : 'base64'));
  if (key.length !== 32)
    throw new BadConfiguration(`${name} must be 32 bytes in base64 or hex; make one with: openssl rand -base64 32`);
  return key;
};

const readCertificate = ({ LARDER_TLS_CERT, LARDER_TLS_KEY }: Environment): Configuration['certificate'] => {
  if (!LARDER_TLS_CERT && !LARDER_TLS_KEY) return null;
  if (!LARDER_TLS_CERT) throw new BadConfiguration('LARDER_TLS_CERT is missing: LARDER_TLS_KEY needs it');
  if (!LARDER_TLS_KEY) throw new BadConfiguration('LARDER_TLS_KEY is missing: LARDER_TLS_CERT needs it');
  for (const [name, path] of Object.entries({ LARDER_TLS_CERT, LARDER_TLS_KEY }))
    if (!existsSync(path)) throw new BadConfiguration(`${name} names ${path}, which does not exist`);
  return { certPath: LARDER_TLS_CERT, keyPath: LARDER_TLS_KEY };
};
