/** `cextfire`: reads the command line, runs one command, prints its answer. Whatever goes wrong is one message: what, where, what to do. */

import { terminal } from './io.ts';
import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2), terminal());
