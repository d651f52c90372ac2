'use client';

import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement, ReactNode } from 'react';

export interface MenuChoice {
  key: string;
  label: string;
  /** What comes of it, in a few words. */
  detail?: string;
  icon?: ReactNode;
  run: () => void;
}

interface Props {
  /** Opens it; needs an accessible name. */
  trigger: ReactElement;
  choices: readonly MenuChoice[];
}

/** Things to do, one of them. */
export function Menu({ trigger, choices }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" collisionPadding={8} className="z-50 outline-hidden">
          <Base.Popup className="max-h-(--available-height) min-w-52 overflow-y-auto rounded-md border border-line bg-raised p-1 text-ink shadow-lg outline-hidden transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {choices.map(({ key, label, detail, icon, run }) => (
              <Base.Item
                key={key}
                label={label}
                onClick={run}
                className="flex cursor-default items-start gap-2.5 rounded-sm px-2 py-1.5 text-sm outline-hidden select-none data-highlighted:bg-pressed [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted"
              >
                {icon}
                <span className="flex flex-col">
                  {label}
                  {detail ? <span className="text-xs text-muted">{detail}</span> : null}
                </span>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
