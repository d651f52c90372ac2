'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ChosenFile } from './file-list.tsx';
import { judgeFile } from './check-file.ts';

function isSame(a: File, b: File): boolean {
  return a.name === b.name && a.size === b.size && a.lastModified === b.lastModified;
}

/** The files of a form, kept in its native input, so that a plain submit sends them. */
export function useChosenFiles(maxBytes: number) {
  const input = useRef<HTMLInputElement>(null);
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);

  const add = async (chosen: readonly File[]) => {
    const judged = await Promise.all(chosen.map(async (file) => ({ file, refusal: await judgeFile(file, maxBytes) })));
    setFiles((current) => [
      ...current,
      ...judged.filter(({ file }) => !current.some((each) => isSame(each.file, file))),
    ]);
  };

  // Chosen before this script ran.
  const addEarly = useEffectEvent(() => void add([...(input.current?.files ?? [])]));
  useEffect(() => addEarly(), []);

  // A new choice replaces an earlier one in the input: what is shown is what is sent.
  useEffect(() => {
    if (!input.current) return;
    const transfer = new DataTransfer();
    for (const { file } of files) transfer.items.add(file);
    input.current.files = transfer.files;
  }, [files]);

  return {
    input,
    files,
    add: (chosen: readonly File[]) => void add(chosen),
    remove: (file: File) => setFiles((current) => current.filter((each) => each.file !== file)),
  };
}
