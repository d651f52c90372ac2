import { Tooltip } from '@base-ui/react/tooltip';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import type { ReactNode } from 'react';
import { ConnectionBanner } from './shell/connection-banner.tsx';
import { GlobalKeys } from './shell/global-keys.tsx';
import { KeysProvider } from './shell/keys.tsx';
import { Palette } from './shell/palette.tsx';
import { ServerAway } from './shell/server-away.tsx';
import { Unsaved } from './shell/unsaved.tsx';
import { Rail } from './shell/sidebar.tsx';
import { beforePaint } from './shell/theme.ts';
import './globals.css';
import { FinishNotices } from './live/finish-notifications.tsx';
import { LiveProvider } from './live/live-provider.tsx';
import { Toaster } from './ui/toaster.tsx';

/** Every page shows what is in the database now: nothing is made at build time. */
export const dynamic = 'force-dynamic';

export const metadata: Metadata = {
  title: { default: 'Sluice', template: '%s · Sluice' },
  description: 'Documents in, verified data out.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#111113' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Made by scripts/web/security-headers.ts for this answer; browsers hide it from the page's own scripts.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: beforePaint }} />
      </head>
      <body>
        <a
          href="#main"
          className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-white focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to content
        </a>
        <NuqsAdapter>
          <Tooltip.Provider delay={400}>
            <LiveProvider>
              <KeysProvider>
                <GlobalKeys />
                <FinishNotices />
                <Unsaved />
                <ServerAway />
                <div className="flex min-h-dvh">
                  <Rail />
                  <div className="flex min-w-0 flex-1 flex-col">{children}</div>
                </div>
                <Palette />
                <ConnectionBanner />
                <Toaster />
              </KeysProvider>
            </LiveProvider>
          </Tooltip.Provider>
        </NuqsAdapter>
      </body>
    </html>
  );
}
