/** A cell as it may stand on a screen before anybody has decided what it is: contact details and names are masked. */
import { normaliseEmail, normalisePhone } from './customer-key.ts';
import { headerAliases, personalHeaders } from './header-aliases.data.ts';
import { normaliseHeader } from './normalise-header.ts';

const personal = new Set(
  [
    ...personalHeaders,
    ...headerAliases.flatMap(([target, names]) => (target === 'phone' || target === 'email' ? names : [])),
  ].map(normaliseHeader),
);

export const shownCell = (header: string, cell: string): string => {
  const text = cell.trim();
  if (text.includes('*') || text.length < 2) return cell;
  const isContact = normalisePhone(text) !== '' || normaliseEmail(text) !== '';
  if (!isContact && !personal.has(normaliseHeader(header))) return cell;
  if (!isContact || text.includes('@')) return `${[...text][0] ?? ''}***`;
  return `${text.slice(0, 3)}****${text.slice(-4)}`;
};
