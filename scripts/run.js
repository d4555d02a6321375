// Runs a TypeScript file of the project on the project's Node: node scripts/run.js <file> [arguments].
import { installDependencies, pickNode, run } from './prepare.js';

installDependencies();
const { status } = run(pickNode(), ['--disable-warning=ExperimentalWarning', ...process.argv.slice(2)]);
process.exit(status ?? 1);
