/** A file dropped on the start page, carried to the import screen of the workspace made for it. In memory only. */
let handed: { readonly workspace: string; readonly file: File } | null = null;

export const handFile = (workspace: string, file: File): void => {
  handed = { workspace, file };
};

/** The file handed to this workspace, once. */
export const takeHandedFile = (workspace: string): File | null => {
  if (handed?.workspace !== workspace) return null;
  const { file } = handed;
  handed = null;
  return file;
};
