'use client';

import { Upload } from 'lucide-react';
import { type ReactNode, type Ref, useState } from 'react';
import { cn } from './cn.ts';

interface Props {
  inputRef: Ref<HTMLInputElement>;
  name: string;
  /** File name endings for the browser's dialog. */
  accept: string;
  /** A file list stands below: the zone becomes a line. */
  isSmall: boolean;
  describedBy?: string;
  onFiles: (files: File[]) => void;
  children: ReactNode;
}

/** Files are dropped on it or chosen by its native input, which also works without JavaScript. */
export function DropZone({ inputRef, name, accept, isSmall, describedBy, onFiles, children }: Props) {
  const [isOver, setOver] = useState(false);
  return (
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
      className={cn(
        'relative flex flex-col items-center justify-center gap-1 rounded-md border border-dashed border-edge px-4 text-center transition-colors duration-100',
        'hover:border-faint hover:bg-surface has-focus-visible:outline-2 has-focus-visible:outline-ring',
        isSmall ? 'py-3' : 'py-9',
        isOver && 'border-accent bg-accent-soft hover:border-accent hover:bg-accent-soft',
      )}
    >
      {isSmall ? null : <Upload aria-hidden className="mb-1.5 size-5 text-faint" />}
      <p className="font-medium">
        {isSmall ? 'Drop more files, or ' : 'Drop files here, or '}
        <span className="text-link underline underline-offset-2">choose them</span>
      </p>
      <p className="text-xs text-muted">{children}</p>
      <input
        ref={inputRef}
        type="file"
        name={name}
        accept={accept}
        multiple
        aria-label="Files"
        aria-describedby={describedBy}
        onChange={(event) => onFiles([...(event.target.files ?? [])])}
        className="absolute inset-0 cursor-pointer opacity-0 outline-hidden"
      />
    </div>
  );
}
