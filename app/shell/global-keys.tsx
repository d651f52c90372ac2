'use client';

import { commandKey } from './command-key.ts';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { useKeys } from './keys.tsx';
import { places } from './navigation.ts';

/** Keys of all screens. */
export function GlobalKeys() {
  const router = useRouter();
  useKeys(
    'Everywhere',
    useMemo(
      () => [
        { keys: `${commandKey.trim()} K`, label: 'Go to anything' },
        { keys: 'n', label: 'New session', run: () => router.push('/sessions/new') },
        ...places.map(({ keys, label, href }) => ({ keys, label: `Go to ${label}`, run: () => router.push(href) })),
      ],
      [router],
    ),
    true,
  );
  return null;
}
