import { writeFile } from 'node:fs/promises';
import { envExample } from './env-lines.ts';

// npm run env-example: writes .env.example from lib/env.ts.
await writeFile(new URL('../.env.example', import.meta.url), envExample());
