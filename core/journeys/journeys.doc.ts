/**
 * Room `journeys`, version 1; owner and operator write.
 *
 * | key | Y type | merge |
 * | --- | --- | --- |
 * | `message/<campaign>/<step>` | Y.Text | both people's letters survive |
 *
 * One shared text per campaign and step, at the top level, so that two devices need not agree on who creates it. An
 * empty text means the starter. Editing begins from the starter: its letters are inserted under a client id made from
 * what they are, so two devices that begin at once insert the very same letters and not two copies.
 */
import * as Y from 'yjs';
import { type FollowUpStep, followUpSteps } from './follow-up.ts';
import { starterOf } from './fill-message.ts';

export const journeysOrigin = 'journeys';

export const messageTextOf = (doc: Y.Doc, campaign: string, step: FollowUpStep): Y.Text =>
  doc.getText(`message/${campaign}/${step}`);

/** Own templates by step; empty where the starter stands. */
export const readTemplates = (doc: Y.Doc, campaign: string): Readonly<Record<FollowUpStep, string>> => {
  const templates = {} as Record<FollowUpStep, string>;
  for (const step of followUpSteps) templates[step] = messageTextOf(doc, campaign, step).toJSON();
  return Object.freeze(templates);
};

/** Puts the starter into an empty text, so that there is something to edit. Changes nothing otherwise. */
export const beginTemplate = (doc: Y.Doc, campaign: string, step: FollowUpStep): 'done' | 'unchanged' => {
  const text = messageTextOf(doc, campaign, step);
  if (text.length > 0) return 'unchanged';
  const starter = starterOf(step);
  const name = `message/${campaign}/${step}`;
  const seed = new Y.Doc();
  seed.clientID = seedClient(doc, `${name}\n${starter}`);
  seed.getText(name).insert(0, starter);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(seed), journeysOrigin);
  seed.destroy();
  return 'done';
};

/** Back to the starter: the own text is emptied. */
export const dropTemplate = (doc: Y.Doc, campaign: string, step: FollowUpStep): 'done' | 'unchanged' => {
  const text = messageTextOf(doc, campaign, step);
  if (text.length === 0) return 'unchanged';
  doc.transact(() => text.delete(0, text.length), journeysOrigin);
  return 'done';
};

/** The first client id of this text's series that the document has not seen: each new beginning takes the next. */
function seedClient(doc: Y.Doc, text: string): number {
  for (let beginning = 0; ; beginning++) {
    const client = clientFrom(`${text}\n${beginning}`);
    if (!doc.store.clients.has(client)) return client;
  }
}

/** FNV-1a in 32 bits. */
function clientFrom(text: string): number {
  let hash = 2_166_136_261;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 16_777_619);
  return hash >>> 0;
}
