/** Columns that would give people a name or a number on lists, and are left out while no other column does. */
import type { Mapping } from './mapping.ts';
import { targetOfHeader } from './propose-mapping.ts';

export interface LeftOutContact {
  readonly column: number;
  readonly target: 'nickname' | 'phone' | 'email';
}

export const leftOutContacts = (
  header: readonly string[],
  { format, columns }: Pick<Mapping, 'format' | 'columns'>,
): readonly LeftOutContact[] => {
  const leftOut = (target: LeftOutContact['target']): readonly LeftOutContact[] => {
    const column = header.findIndex((name, at) => columns[at] === 'skip' && targetOfHeader(name, format) === target);
    return column < 0 ? [] : [{ column, target }];
  };
  const name = columns.includes('nickname') ? [] : leftOut('nickname');
  if (columns.includes('phone') || columns.includes('email')) return name;
  const phone = leftOut('phone');
  return [...name, ...(phone.length > 0 ? phone : leftOut('email'))];
};
