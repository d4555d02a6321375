import { phrases } from './phrases.svelte.ts';

const systems: Readonly<Record<string, string>> = {
  ipad: 'iPad',
  iphone: 'iPhone',
  android: 'Android',
  windows: 'Windows',
  mac: 'Mac',
  linux: 'Linux',
};
const browsers: Readonly<Record<string, string>> = {
  edge: 'Edge',
  firefox: 'Firefox',
  chrome: 'Chrome',
  safari: 'Safari',
};

const words = phrases({ wechat: '微信', unknown: '认不出的设备' }, { wechat: 'WeChat', unknown: 'Unknown device' });

/** What the server notes of a device, as people call it. */
export const deviceName = (device: string): string => {
  const [system = '', browser = ''] = device.split(' ');
  const known = [systems[system], browser === 'wechat' ? words().wechat : browsers[browser]];
  return known.filter((name) => name !== undefined).join(' · ') || words().unknown;
};
