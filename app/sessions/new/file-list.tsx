'use client';

import { File as FileIcon, FileImage, FileSpreadsheet, FileText, type LucideIcon, X } from 'lucide-react';
import { Button } from '#app/ui/button.tsx';
import { bytes } from '#app/ui/format.ts';
import { familyOf } from './check-file.ts';

export interface ChosenFile {
  file: File;
  /** Why it will be or was refused. */
  refusal: string | null;
}

interface Props {
  files: readonly ChosenFile[];
  onRemove: (file: File) => void;
}

export function FileList({ files, onRemove }: Props) {
  if (files.length === 0) return null;
  return (
    <ul className="mt-2 divide-y rounded-md border" aria-label="Chosen files">
      {files.map(({ file, refusal }) => (
        <li
          key={`${file.name}/${file.size}/${file.lastModified}`}
          className="flex min-h-10 items-center gap-2.5 py-1 pr-1 pl-3"
        >
          <Icon name={file.name} />
          <div className="min-w-0 flex-1">
            <p className="truncate text-sm" title={file.name}>
              {file.name}
            </p>
            {refusal ? <p className="text-xs text-red">{refusal}</p> : null}
          </div>
          <span className="text-xs whitespace-nowrap text-muted tabular-nums">{bytes(file.size)}</span>
          <Button kind="quiet" size="smallIcon" aria-label={`Remove ${file.name}`} onClick={() => onRemove(file)}>
            <X />
          </Button>
        </li>
      ))}
    </ul>
  );
}

const icons: Record<string, LucideIcon> = { sheet: FileSpreadsheet, delimited: FileSpreadsheet, image: FileImage };

function Icon({ name }: { name: string }) {
  const family = familyOf(name);
  const Shown = family ? (icons[family] ?? FileText) : FileIcon;
  return <Shown aria-hidden className="size-4 shrink-0 text-faint" />;
}
