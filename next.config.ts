import type { NextConfig } from 'next';

const config: NextConfig = {
  // What runs in Node alone is loaded as it is installed: it is not built, and the pages share it with the API.
  serverExternalPackages: [
    '@aws-sdk/client-s3',
    '@fastify/busboy',
    '@marcbachmann/cel-js',
    'decimal.js',
    'drizzle-orm',
    'file-type',
    'libphonenumber-js',
    'lru-cache',
    'p-map',
    'pg',
    'pg-boss',
    'pino',
    'pino-pretty',
    'postgres',
    're2js',
    'uuid',
    'zod',
  ],
  // On by default, it fetches any path of ours past the guard of scripts/web/main.ts and decodes uploads in the web process.
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // `npm run types` checks them; a start does not wait for that.
  typescript: { ignoreBuildErrors: true },
  // Pages only: `scripts/web` serves the `route.ts` files, which would each bring a copy of `lib` into the build.
  pageExtensions: ['tsx'],
  // Actions hold their body in memory. Files go to POST /api/sessions, which streams them, also without JavaScript.
  experimental: {
    serverActions: { bodySizeLimit: '1mb' },
    // It takes longer to write than a build from scratch, and 130 MB.
    turbopackFileSystemCacheForBuild: false,
    // Saves a sixth of the build, and errors name our own functions; nobody downloads this part.
    turbopackMinify: { server: false },
    // Twice the disk and a quarter of the build, for stack traces of pages; those of `lib` are Node's own.
    serverSourceMaps: false,
  },
};

export default config;
