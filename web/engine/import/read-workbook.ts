/** The first sheet of a workbook as rows of text, read whole: its reader is fetched only when somebody drops one. */
export const mostWorkbookBytes = 60_000_000;

export const readWorkbook = async (file: Blob): Promise<readonly (readonly string[])[]> => {
  const { default: readSheets } = await import('read-excel-file/web-worker');
  const sheets = await readSheets(await file.arrayBuffer());
  return (sheets[0]?.data ?? []).map((row) => row.map(textOfCell));
};

/** Workbook dates carry no zone; they are written out as the wall clock that was typed. */
function textOfCell(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 19).replace('T', ' ');
  return String(cell);
}
