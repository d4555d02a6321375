/**
 * Pasted or dropped comments: one JSON object a line (`{ts, uid, nick, text}`, also `nickname`, `content`, `time`), or
 * `20:14:05 nick text` / `nick: text` as copied from a screen. A line without any of these is a comment without a name.
 * Each becomes a `comment-posted` event; equal comments of one person in one second are one. Empty lines are skipped,
 * broken JSON is kept back with its line.
 */
import { maskContacts } from '../identity/mask-contacts.ts';
import { dayFromMs, msFromDay } from '../units/business-day.ts';
import { named, timed } from './comment-line.data.ts';
import type { LiveEvent } from './live-event.ts';
import { textLimit } from './parse-live-event.ts';

export interface ParsedComments {
  readonly events: readonly LiveEvent[];
  readonly problems: readonly { readonly line: number; readonly kind: 'broken-json' | 'no-text' | 'too-long' }[];
}

const lineLimit = 5000;

export const parseComments = (text: string, nowMs: number, source = 'pasted-comments'): ParsedComments => {
  const events: LiveEvent[] = [];
  const problems: { line: number; kind: 'broken-json' | 'no-text' | 'too-long' }[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === '') continue;
    const found =
      index >= lineLimit ? 'too-long' : line.startsWith('{') ? parseJsonLine(line, nowMs) : parsePlainLine(line, nowMs);
    if (typeof found === 'string') problems.push({ line: index + 1, kind: found });
    else events.push(commentEvent(masked(found), source));
  }
  return { events, problems };
};

interface Line {
  readonly atMs: number;
  readonly nickname: string;
  readonly viewer: string;
  readonly text: string;
}

const masked = (line: Line): Line => ({
  ...line,
  nickname: maskContacts(line.nickname),
  text: maskContacts(line.text),
});

function commentEvent(line: Line, source: string): LiveEvent {
  return {
    source,
    id: `${Math.floor(line.atMs / 1000)}/${line.viewer || line.nickname}/${line.text}`.slice(0, 200),
    name: 'comment-posted',
    atMs: line.atMs,
    broadcast: '',
    item: '',
    count: 1,
    viewerKeyKind: line.viewer === '' ? '' : 'platform-id',
    viewerKey: line.viewer,
    nickname: line.nickname,
    text: line.text,
    value: 0,
    amountFen: 0,
    counted: null,
  };
}

function parseJsonLine(line: string, nowMs: number): Line | 'broken-json' | 'no-text' {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'broken-json';
  }
  const record = value as Record<string, unknown>;
  const word = (...keys: readonly string[]): string => {
    const found = keys.map((key) => record[key]).find((each) => typeof each === 'string' || typeof each === 'number');
    return found === undefined ? '' : String(found).slice(0, textLimit);
  };
  const text = word('text', 'content', 'comment', 'msg').trim();
  if (text === '') return 'no-text';
  return {
    atMs: instantOf(record['ts'] ?? record['time'], nowMs),
    nickname: word('nick', 'nickname', 'name').slice(0, 60),
    viewer: word('uid', 'user_id', 'openid').slice(0, 200),
    text,
  };
}

function instantOf(value: unknown, nowMs: number): number {
  const number = typeof value === 'string' && /^\d{10,13}$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) return nowMs;
  return number < 1e11 ? number * 1000 : number;
}

function parsePlainLine(line: string, nowMs: number): Line | 'no-text' {
  const withTime = timed.exec(line);
  if (withTime) {
    const [, hour = '0', minute = '0', second = '0', nickname = '', text = ''] = withTime;
    const atMs = msFromDay(dayFromMs(nowMs)) + (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
    return {
      atMs: atMs <= nowMs + 60_000 ? atMs : atMs - 86_400_000,
      nickname,
      viewer: '',
      text: text.slice(0, textLimit),
    };
  }
  const withName = named.exec(line);
  return { atMs: nowMs, nickname: withName?.[1] ?? '', viewer: '', text: (withName?.[2] ?? line).slice(0, textLimit) };
}
