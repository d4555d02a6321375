/** The words after a command's name. `--help`, and what the command does not know, end the process with the usage. */
import { type ParseArgsOptionDescriptor, parseArgs } from 'node:util';

export const readOptions = <const T extends Readonly<Record<string, ParseArgsOptionDescriptor>>>(
  usage: string,
  options: T,
  { hasNames = false }: { readonly hasNames?: boolean } = {},
) => {
  const config = { allowPositionals: hasNames, options: { ...options, help: { type: 'boolean' } } } as const;
  try {
    const { values, positionals } = parseArgs(config);
    if (!('help' in values)) return { values, positionals };
    process.stdout.write(`usage: ${usage}\n`);
  } catch (error) {
    const [what] = (error as Error).message.split('. ');
    process.stderr.write(`${what}; usage: ${usage}\n`);
    process.exit(2);
  }
  process.exit(0);
};
