'use client';

import { useActionState, useEffect, useRef, useState } from 'react';
import type { SchemaSummary } from '#lib/schemas/get.ts';
import type { FormProblem } from '#lib/sessions/upload.ts';
import { Button } from '../../ui/button.tsx';
import { KeysHelp } from '../../ui/keys-help.tsx';
import { Progress } from '../../ui/progress.tsx';
import { startExtraction, startSample } from './actions.ts';
import { FilePicker } from './file-picker.tsx';
import { SchemaPicker } from './schema-picker.tsx';
import { sendWithProgress } from './send-with-progress.ts';

/** Above this the upload takes long enough to want a progress bar. */
const largeBytes = 8 * 1024 * 1024;

interface Props {
  schemas: SchemaSummary[];
  maxFileBytes: number;
}

/** Works without JavaScript as a plain form; with it, files are checked before sending and large ones show progress. */
export function NewSessionForm({ schemas, maxFileBytes }: Props) {
  const [state, submit, isPending] = useActionState(startExtraction, { problems: [] });
  const [files, setFiles] = useState<File[]>([]);
  const [sent, setSent] = useState<number | null>(null);
  const [local, setLocal] = useState<FormProblem[]>([]);
  const form = useRef<HTMLFormElement>(null);
  const problems = local.length > 0 ? local : state.problems;
  const isBusy = isPending || sent !== null;
  useSubmitKey(form);

  const onSubmit = (event: React.SubmitEvent<HTMLFormElement>) => {
    setLocal([]);
    const data = new FormData(event.currentTarget);
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    if (bytes <= largeBytes) return;
    event.preventDefault();
    setSent(0);
    sendWithProgress(data, setSent).then(
      () => window.location.assign('/sessions'),
      (error: Error) => {
        setSent(null);
        setLocal([{ field: 'form', message: error.message }]);
      },
    );
  };

  return (
    <>
      <form ref={form} action={submit} onSubmit={onSubmit} className="flex flex-col gap-5">
        <FilePicker files={files} onChange={setFiles} maxFileBytes={maxFileBytes} problems={problems.filter(({ field }) => field === 'files')} />
        <SchemaPicker schemas={schemas} problem={problems.find(({ field }) => field === 'schema')?.message} />
        <label className="flex flex-col gap-1.5">
          <span className="text-sm font-medium">
            Name <span className="font-normal text-ink-faint">optional</span>
          </span>
          <input name="name" maxLength={300} placeholder={nameFor(files)} className="h-9 rounded border border-line-strong bg-raised px-3 placeholder:text-ink-faint" />
        </label>
        <Priorities />
        {problems.filter(({ field }) => field === 'form' || field === 'name' || field === 'priority').map(({ message }) => (
          <p key={message} role="alert" className="rounded bg-red-soft px-3 py-2 text-sm text-red">
            {message}
          </p>
        ))}
        {sent !== null && (
          <div className="flex items-center gap-3">
            <Progress value={sent} label="Upload" className="flex-1" />
            <span className="w-10 text-right text-sm tabular-nums">{sent} %</span>
          </div>
        )}
        <Button type="submit" variant="primary" size="large" disabled={isBusy}>
          {isBusy ? 'Uploading…' : 'Start Extraction'}
        </Button>
      </form>
      <form action={startSample} className="mt-4 text-center text-sm text-ink-soft">
        No document at hand?{' '}
        <button type="submit" className="font-medium text-accent underline underline-offset-2 hover:text-accent-strong">
          Try the sample loan packet
        </button>
      </form>
      <KeysHelp keys={[['⌘ ↵ or Ctrl ↵', 'Start Extraction'], ['?', 'This help']]} />
    </>
  );
}

function useSubmitKey(form: React.RefObject<HTMLFormElement | null>) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) form.current?.requestSubmit();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [form]);
}

function nameFor(files: readonly File[]): string {
  const [first] = files;
  if (!first) return 'Filled from the files';
  return files.length > 1 ? `${first.name} and ${files.length - 1} more` : first.name;
}

const priorities = [
  ['', 'As the schema says'],
  ['high', 'High'],
  ['normal', 'Normal'],
  ['low', 'Low'],
] as const;

function Priorities() {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Priority</legend>
      <div className="flex overflow-hidden rounded border border-line-strong bg-raised">
        {priorities.map(([value, label]) => (
          <label key={value} className="relative flex-1 border-l border-line first:border-l-0">
            <input type="radio" name="priority" value={value} defaultChecked={value === ''} className="peer sr-only" />
            <span className="flex h-8 cursor-pointer items-center justify-center px-2 text-center text-sm text-ink-soft peer-checked:bg-accent-soft peer-checked:font-medium peer-checked:text-ink peer-focus-visible:outline-2 peer-focus-visible:-outline-offset-2 peer-focus-visible:outline-accent">
              {label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
