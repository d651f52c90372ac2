import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { Toaster } from 'sonner';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { Rail } from './frame/rail.tsx';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Sluice', template: '%s · Sluice' },
  description: 'Documents in, verified data out',
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

/** Before the first paint, so that a dark screen never flashes white. */
const theme = `try{const t=localStorage.getItem('theme');if(t==='dark'||(t!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches))document.documentElement.classList.add('dark')}catch(e){}`;

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <script dangerouslySetInnerHTML={{ __html: theme }} />
      </head>
      <body>
        <NuqsAdapter>
          <div className="flex min-h-dvh flex-col sm:flex-row">
            <Rail />
            <div className="flex min-w-0 flex-1 flex-col">{children}</div>
          </div>
        </NuqsAdapter>
        <Toaster position="bottom-right" toastOptions={{ style: { background: 'var(--raised)', color: 'var(--ink)', borderColor: 'var(--line)', borderRadius: 6 } }} />
      </body>
    </html>
  );
}
