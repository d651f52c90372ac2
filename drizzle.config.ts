import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './lib/db/tables.ts',
    './lib/db/result-tables.ts',
    './lib/db/installation-tables.ts',
    './lib/db/review-tables.ts',
  ],
  out: './drizzle',
  casing: 'snake_case',
});
