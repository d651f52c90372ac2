'use client';

import { schemasResponse } from '#lib/core/contract/schemas.ts';
import { sessionPage } from '#lib/core/contract/sessions.ts';
import { Braces, FileStack, type LucideIcon, Monitor, Moon, Plus, Sun } from 'lucide-react';
import useSWR from 'swr';
import { callApi } from '#app/api-client/call.ts';
import { places } from './navigation.ts';
import { setTheme } from './theme.ts';

export interface Command {
  id: string;
  kind: 'Go to' | 'Session' | 'Schema' | 'Action';
  label: string;
  icon: LucideIcon;
  href?: string;
  run?: () => void;
}

const fixed: readonly Command[] = [
  { id: 'new', kind: 'Action', label: 'New session', icon: Plus, href: '/sessions/new' },
  ...places.map(({ href, label, icon }): Command => ({ id: href, kind: 'Go to', label, icon, href })),
  { id: 'light', kind: 'Action', label: 'Light theme', icon: Sun, run: () => setTheme('light') },
  { id: 'dark', kind: 'Action', label: 'Dark theme', icon: Moon, run: () => setTheme('dark') },
  { id: 'system', kind: 'Action', label: 'System theme', icon: Monitor, run: () => setTheme('system') },
];

const shownSessions = 8;
/** What the palette offers for a text: actions and screens, schemas, and sessions with it in their names or values. */
export function useCommands(query: string): readonly Command[] {
  const text = query.trim().toLowerCase();
  const schemas = useSWR('/api/schemas', (url: string) => callApi(url, schemasResponse));
  const address = `/api/sessions?${new URLSearchParams({ ...(text ? { q: text } : {}), limit: String(shownSessions) })}`;
  const sessions = useSWR(address, (url: string) => callApi(url, sessionPage), { keepPreviousData: true });

  const byName = ({ label }: Command) => label.toLowerCase().includes(text);
  const schemaCommands = (schemas.data?.schemas ?? []).map(({ slug, name }): Command => ({
    id: `schema ${slug}`,
    kind: 'Schema',
    label: name,
    icon: Braces,
    href: `/schemas/${slug}`,
  }));
  const sessionCommands = (sessions.data?.sessions ?? []).map(({ id, name }): Command => ({
    id,
    kind: 'Session',
    label: name,
    icon: FileStack,
    href: `/sessions/${id}`,
  }));
  // The server found these, by their names or by their values; until it answers, they are those of the text before.
  const found = sessions.isLoading ? sessionCommands.filter(byName) : sessionCommands;
  return [...fixed.filter(byName), ...found, ...schemaCommands.filter(byName)];
}
