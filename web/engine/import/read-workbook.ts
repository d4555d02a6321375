/**
 * The first sheet of a workbook as rows of text, read whole: its reader is fetched only when somebody drops one. The
 * entries are unpacked here first: the reader would unpack one above 512 kB in a worker made of a `blob:` address, which
 * the content policy forbids without a word to it, and then wait for ever.
 */
export const mostWorkbookBytes = 60_000_000;
/** What one entry may unpack to: longer is no text any more. */
const mostEntryBytes = 500_000_000;

export const readWorkbook = async (file: Blob): Promise<readonly (readonly string[])[]> => {
  const [{ readSheet }, { unzipSync, zipSync }] = await Promise.all([
    import('read-excel-file/universal'),
    import('fflate'),
  ]);
  const entries = unzipSync(new Uint8Array(await file.arrayBuffer()), {
    filter({ name, originalSize }) {
      if (!/\.xml(\.rels)?$/.test(name)) return false;
      if (originalSize > mostEntryBytes) throw new RangeError(`${name} unpacks to ${originalSize} bytes`);
      return true;
    },
  });
  const rows = await readSheet(zipSync(entries, { level: 0 }).buffer, 1);
  return rows.map((row) => row.map(textOfCell));
};

/** Workbook dates carry no zone; they are written out as the wall clock that was typed. */
function textOfCell(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ');
  return String(cell);
}
