'use client';

import { Menu } from '@base-ui/react/menu';
import { Check, Columns3 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#app/ui/button.tsx';
import { columns, readHidden, toggleColumn } from './columns.ts';

/** Which columns the table shows, in this browser. */
export function ColumnsMenu() {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => {
    toggleColumn(id);
    setHidden(readHidden());
  };
  return (
    <Menu.Root onOpenChange={(open) => open && setHidden(readHidden())}>
      <Menu.Trigger render={<Button kind="quiet" className="max-lg:hidden" />}>
        <Columns3 />
        Columns
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={4} align="end" className="z-50 outline-hidden">
          <Menu.Popup className="min-w-44 rounded-md border border-line bg-raised p-1 text-sm text-ink shadow-lg outline-hidden transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {columns
              .filter(({ isOptional }) => isOptional)
              .map(({ id, label, title }) => (
                <Menu.CheckboxItem
                  key={id}
                  checked={!hidden.has(id)}
                  onCheckedChange={() => toggle(id)}
                  className="flex h-8 cursor-default items-center gap-2 rounded-sm px-2 outline-hidden select-none data-highlighted:bg-hover"
                >
                  <span className="flex-1">{title ?? label}</span>
                  <Menu.CheckboxItemIndicator>
                    <Check className="size-3.5 text-link" />
                  </Menu.CheckboxItemIndicator>
                </Menu.CheckboxItem>
              ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
