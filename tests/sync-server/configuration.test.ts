import { isAbsolute } from 'node:path';
import { expect, test } from 'vitest';
import { BadConfiguration, readConfiguration } from '#sync-server/configuration.ts';

test('nothing set: loopback, port 4747, ./data', () => {
  const { data, build, ...rest } = readConfiguration({});
  expect(rest).toEqual({
    port: 4747,
    host: '127.0.0.1',
    isLan: false,
    isBehindProxy: false,
    certificate: null,
    keys: null,
    database: null,
    redis: null,
    peer: { host: '127.0.0.1', port: 0 },
    leaseMs: 6000,
    test: null,
    wantsDemo: true,
    wantsFits: true,
  });
  expect([isAbsolute(data), isAbsolute(build)]).toEqual([true, true]);
});

test('[FIT9] learning can be left to the devices', () => {
  expect(readConfiguration({ LARDER_NO_FIT: '1' }).wantsFits).toBe(false);
});

test.each([
  ['PORT', { PORT: 'eighty' }],
  ['PORT', { PORT: '70000' }],
  ['PORT', { PORT: '80.5' }],
  ['HOST', { HOST: 'not a host' }],
  ['LARDER_LAN', { LARDER_LAN: 'yes' }],
  ['LARDER_TLS_KEY', { LARDER_TLS_CERT: 'a.pem' }],
  ['LARDER_TLS_CERT', { LARDER_TLS_KEY: 'a.pem' }],
  ['LARDER_TLS_CERT', { LARDER_TLS_CERT: '/nowhere/a.pem', LARDER_TLS_KEY: '/nowhere/b.pem' }],
  ['LARDER_KEY', { LARDER_KEY: 'short' }],
  ['LARDER_KEY', { LARDER_KEY_OLD: '0'.repeat(64) }],
  ['LARDER_NO_DEMO', { LARDER_NO_DEMO: 'true' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://here/larder' }],
  ['REDIS_URL', { DATABASE_URL: 'postgres://here/larder', REDIS_URL: 'localhost' }],
  ['DATABASE_URL', { REDIS_URL: 'redis://here' }],
  ['LARDER_TEST_TOKEN', { LARDER_TEST_PREFIX: 'test-abc' }],
  ['LARDER_TEST_PREFIX', { LARDER_TEST_TOKEN: 'secret', LARDER_TEST_PREFIX: 'test-' }],
  ['LARDER_TEST_PREFIX', { LARDER_TEST_TOKEN: 'secret', LARDER_TEST_PREFIX: 'rooms-' }],
  ['LARDER_TEST_PREFIX', { LARDER_TEST_TOKEN: 'secret' }],
  [
    'LARDER_TEST_TOKEN',
    { LARDER_TEST_TOKEN: 'secret', LARDER_TEST_PREFIX: 'test-abc', HOST: '10.0.0.1', LARDER_BEHIND_PROXY: '1' },
  ],
  ['LARDER_TEST_LIMITS', { LARDER_TEST_TOKEN: 'secret', LARDER_TEST_PREFIX: 'test-abc', LARDER_TEST_LIMITS: '0' }],
  ['LARDER_LEASE_SECONDS', { LARDER_LEASE_SECONDS: '0' }],
  ['LARDER_PEER', { LARDER_PEER: 'no-port' }],
  ['LARDER_PEER', { LARDER_PEER: 'host:70000' }],
])('the bad variable %s is named', (name, environment) => {
  expect(() => readConfiguration(environment)).toThrow(BadConfiguration);
  expect(() => readConfiguration(environment)).toThrow(name);
});

test('plain HTTP beyond loopback is refused, unless a proxy speaks HTTPS', () => {
  expect(() => readConfiguration({ HOST: '0.0.0.0' })).toThrow('HOST');
  expect(() => readConfiguration({ HOST: '192.168.1.5' })).toThrow('LARDER_BEHIND_PROXY');
  expect(readConfiguration({ HOST: '0.0.0.0', LARDER_BEHIND_PROXY: '1' }).isBehindProxy).toBe(true);
  expect(readConfiguration({ HOST: '::1' }).host).toBe('::1');
  expect(readConfiguration({ LARDER_LAN: '1' })).toMatchObject({ isLan: true, host: '0.0.0.0' });
});
