'use client';

import { FileSpreadsheet, FileText, Image, Upload, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { FormProblem } from '#lib/sessions/upload.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { formatBytes } from '../../ui/format.ts';

interface Props {
  files: File[];
  onChange: (files: File[]) => void;
  maxFileBytes: number;
  /** What the server said of files. */
  problems: FormProblem[];
}

/** For the file dialog; what a file really is, its content tells. */
const accept = '.pdf,.docx,.xlsx,.xlsm,.xlsb,.xls,.ods,.csv,.tsv,.txt,.md,.html,.htm,.eml,.png,.jpg,.jpeg,.tif,.tiff,.webp,.bmp,.gif';
const known = new Set(accept.split(','));

/** A drop zone that becomes the list of files. The input under it holds the files, so a plain form sends them too. */
export function FilePicker({ files, onChange, maxFileBytes, problems }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const choose = (chosen: File[]) => {
    const transfer = new DataTransfer();
    for (const file of chosen) transfer.items.add(file);
    if (input.current) input.current.files = transfer.files;
    onChange(chosen);
  };
  // The browser may have kept files over a reload.
  useEffect(() => {
    if (input.current?.files?.length) onChange([...input.current.files]);
  }, [onChange]);

  const add = (more: Iterable<File>) => {
    const names = new Set(files.map(keyOf));
    choose([...files, ...[...more].filter((file) => !names.has(keyOf(file)))]);
  };
  return (
    <div>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          add(event.dataTransfer.files);
        }}
        className={cx(
          'relative flex flex-col items-center justify-center gap-1 rounded border border-dashed border-line-strong bg-raised px-4 text-center transition-colors focus-within:outline-2 focus-within:outline-accent',
          files.length > 0 ? 'py-4' : 'py-10',
          isOver && 'border-accent bg-accent-soft',
        )}
      >
        <Upload className="size-5 text-ink-faint" aria-hidden />
        <label htmlFor="files" className="font-medium">
          Drop documents here, or choose them
        </label>
        <p className="text-xs text-ink-soft">PDF, Word, Excel, CSV, text, mail or scans, up to {formatBytes(maxFileBytes)} each</p>
        <input
          ref={input}
          id="files"
          name="files"
          type="file"
          multiple
          accept={accept}
          onChange={(event) => {
            // The dialog replaces the input's files; those chosen before stay.
            const names = new Set(files.map(keyOf));
            choose([...files, ...[...(event.target.files ?? [])].filter((file) => !names.has(keyOf(file)))]);
          }}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
      </div>
      {problems.filter(({ file }) => !files.some(({ name }) => name === file)).map(({ message }) => (
        <p key={message} role="alert" className="mt-2 text-sm text-red">
          {message}
        </p>
      ))}
      {files.length > 0 && (
        <ul className="mt-2 divide-y rounded border bg-raised">
          {files.map((file) => (
            <FileItem
              key={keyOf(file)}
              file={file}
              problem={refusal(file, maxFileBytes) ?? problems.find((problem) => problem.file === file.name)?.message ?? null}
              onRemove={() => choose(files.filter((one) => one !== file))}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function keyOf(file: File): string {
  return `${file.name}/${file.size}/${file.lastModified}`;
}

/** What can be told before sending. */
function refusal(file: File, maxFileBytes: number): string | null {
  if (file.size === 0) return 'Empty: choose another file';
  if (file.size > maxFileBytes) return `Larger than ${formatBytes(maxFileBytes)}: split it and upload the parts`;
  const extension = /\.[^.]+$/.exec(file.name.toLowerCase())?.[0];
  if (extension && !known.has(extension)) return `${extension} files are probably not supported; the content decides`;
  return null;
}

function FileItem({ file, problem, onRemove }: { file: File; problem: string | null; onRemove: () => void }) {
  return (
    <li className="flex items-center gap-3 py-1 pl-3 pr-1">
      <FileIcon name={file.name} />
      <span className="min-w-0 flex-1 truncate" title={file.name}>
        {file.name}
        {problem && (
          <span role="alert" className="block truncate text-xs text-red" title={problem}>
            {problem}
          </span>
        )}
      </span>
      <span className="text-xs tabular-nums text-ink-soft">{formatBytes(file.size)}</span>
      <Button variant="quiet" size="icon" onClick={onRemove} aria-label={`Remove ${file.name}`}>
        <X aria-hidden />
      </Button>
    </li>
  );
}

function FileIcon({ name }: { name: string }) {
  const style = 'size-4 shrink-0 text-ink-faint';
  if (/\.(xls.?|ods|csv|tsv)$/i.test(name)) return <FileSpreadsheet className={style} aria-hidden />;
  if (/\.(png|jpe?g|tiff?|webp|bmp|gif)$/i.test(name)) return <Image className={style} aria-hidden />;
  return <FileText className={style} aria-hidden />;
}
