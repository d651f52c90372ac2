import { Activity, Braces, Layers } from 'lucide-react';

/** Where the rail leads. */
export const places = [
  { href: '/sessions', label: 'Sessions', icon: Layers, keys: 'g s' },
  { href: '/schemas', label: 'Schemas', icon: Braces, keys: 'g c' },
  { href: '/activity', label: 'Activity', icon: Activity, keys: 'g a' },
] as const;
