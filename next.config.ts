import type { NextConfig } from 'next';

const config: NextConfig = {
  // Nothing on a page comes from elsewhere; these stay what they are in Node.
  serverExternalPackages: ['pg-boss', 'postgres', 'pino', 'pino-pretty', '@aws-sdk/client-s3'],
  // On by default, it fetches any path of ours past the guard of scripts/web.ts and decodes uploads in the web process.
  images: { unoptimized: true },
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // `npm run types` checks them; a start does not wait for that.
  typescript: { ignoreBuildErrors: true },
  experimental: { serverActions: { bodySizeLimit: `${Number(process.env.MAX_REQUEST_MB) || 500}mb` } },
};

export default config;
