/** A folder or a file that code lives in, and what it may import. */
export interface Room {
  path: string;
  /** What it may import, of what is listed before it: rooms and whole wings (`lib/core`); all of that when absent. */
  from?: readonly string[];
  /** The only packages it may import; when absent, all that have no owner, and those that it owns. */
  packages?: readonly string[];
}

/** Runs everywhere, in browsers too. */
const pure = {
  from: ['lib/core'],
  packages: [
    '@marcbachmann/cel-js',
    'decimal.js',
    'fflate',
    'ibantools',
    'libphonenumber-js',
    'lru-cache',
    're2js',
    'sheetjs-style',
    'zod',
  ],
};
const server = { from: ['lib', 'drizzle'] };
const screen = { from: ['app', 'lib'] };
const worker = { from: ['worker', 'lib'] };
const program = { from: ['scripts', 'lib'] };

const roomsWith = (rules: Omit<Room, 'path'>, paths: readonly string[]): Room[] =>
  paths.map((path) => ({ path, ...rules }));

/**
 * The house from the ground up. A room imports itself and rooms that are listed before it, so no two import each other.
 * A file belongs to the room with the longest path that its own begins with.
 */
export const rooms: readonly Room[] = [
  { path: 'drizzle', from: [] },
  { path: 'lib/core', from: [], packages: ['zod'] },
  ...roomsWith(pure, ['lib/core/pages', 'lib/core/patterns', 'lib/core/fields', 'lib/core/normalise']),
  ...roomsWith(pure, ['lib/core/grounding', 'lib/core/rules', 'lib/core/schema', 'lib/core/splitting']),
  ...roomsWith(pure, [
    'lib/core/layouts',
    'lib/core/values',
    'lib/core/prompt',
    'lib/core/export',
    'lib/core/contract',
  ]),

  ...roomsWith(server, ['lib/artifact-keys.ts', 'lib/id.ts', 'lib/env-file.ts', 'lib/env.ts', 'lib/temporary.ts']),
  ...roomsWith(server, ['lib/storage', 'lib/db', 'lib/log-error.ts', 'lib/log.ts', 'lib/events.ts', 'lib/cache.ts']),
  ...roomsWith(server, ['lib/temporary-files.ts', 'lib/queue', 'lib/context.ts', 'lib/search', 'lib/files']),
  ...roomsWith(server, ['lib/workers', 'lib/usage', 'lib/schemas', 'lib/prepare-database.ts', 'lib/lifecycle']),
  ...roomsWith(server, ['lib/layouts', 'lib/results', 'lib/documents', 'lib/sessions', 'lib/edits', 'lib/exports']),

  ...roomsWith(worker, ['worker/interruptions.ts', 'worker/lane', 'worker/readers', 'worker/engines/builtin']),
  ...roomsWith(worker, [
    'worker/layouts',
    'worker/steps',
    'worker/compute',
    'worker/engines',
    'worker/document',
    'worker/learning',
    'worker/stages',
  ]),
  ...roomsWith(worker, ['worker', 'worker/tasks', 'worker/schedules']),

  ...roomsWith(screen, ['app/ui', 'app/pdfjs', 'app/api-client', 'app/labels', 'app/live', 'app/shell', 'app']),
  ...roomsWith(screen, ['app/activity', 'app/schemas', 'app/documents', 'app/sessions', 'app/api']),

  ...roomsWith(program, ['scripts/regexes', 'scripts/house', 'scripts/web', 'scripts/supervisor', 'scripts']),
  { path: 'eval', from: ['lib/core'] },
  // They read documents without an app, as a worker does.
  { path: 'eval/local', from: ['eval', 'lib', 'worker'] },
  { path: 'eval/train', from: ['eval', 'eval/local', 'lib', 'worker'] },
];

/** Packages that only some of the code may import. */
export const owners: readonly { packages: readonly string[]; paths: readonly string[] }[] = [
  { packages: ['drizzle-orm'], paths: ['lib'] },
  { packages: ['pg-boss'], paths: ['lib/queue'] },
  { packages: ['postgres'], paths: ['lib/db', 'scripts/supervisor'] },
  { packages: ['pg'], paths: ['lib/db', 'lib/queue', 'lib/log-error.ts'] },
  { packages: ['@aws-sdk/client-s3'], paths: ['lib/storage'] },
  { packages: ['ai', '@ai-sdk/openai'], paths: ['worker/engines/model'] },
  {
    packages: [
      '@e965/xlsx',
      '@napi-rs/canvas',
      'geotiff',
      'htmlparser2',
      'jschardet',
      'mammoth',
      'officecrypto-tool',
      'papaparse',
      'postal-mime',
      'tesseract.js-core',
      'unpdf',
      'utif2',
    ],
    paths: ['worker/readers'],
  },
  { packages: ['pdfjs-dist'], paths: ['worker/readers', 'app/sessions'] },
  { packages: ['next'], paths: ['app', 'scripts/web'] },
  { packages: ['react', 'react-dom', 'swr', 'nuqs'], paths: ['app'] },
  { packages: ['oxc-parser', 'refa'], paths: ['scripts'] },
];

/** Files that may import what only the running program knows the path of: they find files in folders. */
export const findsFiles: readonly string[] = [
  'scripts/supervisor/cluster.ts',
  'scripts/web/routes.ts',
  'worker/compute/thread-main.ts',
  'worker/load-folder.ts',
];
