'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { readTheme, setTheme, type Theme, themes } from './theme.ts';

const labels = { system: 'System', light: 'Light', dark: 'Dark' };
const icons = { system: Monitor, light: Sun, dark: Moon };

export function ThemeToggle() {
  const [theme, choose] = useState<Theme>('system');
  const change = (next: Theme) => {
    setTheme(next);
    choose(next);
  };
  return (
    <Menu.Root onOpenChange={(open) => open && choose(readTheme())}>
      <Menu.Trigger render={<Button kind="quiet" size="icon" aria-label="Theme" />}>
        <Sun />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50 outline-hidden">
          <Menu.Popup className="min-w-44 rounded-md border border-line bg-raised p-1 text-sm text-ink shadow-lg outline-hidden transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Menu.RadioGroup value={theme} onValueChange={change}>
              {themes.map((each) => {
                const Icon = icons[each];
                return (
                  <Menu.RadioItem
                    key={each}
                    value={each}
                    closeOnClick
                    className="flex h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-hidden select-none data-highlighted:bg-pressed"
                  >
                    <Icon className="size-4 text-muted" />
                    <span className="flex-1">{labels[each]}</span>
                    <Menu.RadioItemIndicator>
                      <Check className="size-3.5 text-link" />
                    </Menu.RadioItemIndicator>
                  </Menu.RadioItem>
                );
              })}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
