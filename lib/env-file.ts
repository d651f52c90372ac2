import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// Imported first by everything that starts a process. Settings in a `.env` file beside package.json become environment
// variables; those that are set already win, even when they are empty.
const path = fileURLToPath(new URL('../.env', import.meta.url));
if (existsSync(path)) process.loadEnvFile(path);
// An empty variable means an absent one, for libraries too: the AI SDK refuses to load with an empty OPENAI_BASE_URL.
for (const [name, value] of Object.entries(process.env)) if (value === '') delete process.env[name];
