'use client';

import type { SchemaSummary } from '#lib/core/contract/schemas.ts';
import { useRouter } from 'next/navigation';
import { type SubmitEvent, useEffect, useRef, useState } from 'react';
import { commandKey } from '#app/shell/command-key.ts';
import { useKeys } from '#app/shell/keys.tsx';
import { Button } from '#app/ui/button.tsx';
import { DropZone } from '#app/ui/drop-zone.tsx';
import { FieldError, FieldLabel } from '#app/ui/field.tsx';
import { bytes } from '#app/ui/format.ts';
import { Input } from '#app/ui/input.tsx';
import { Kbd } from '#app/ui/kbd.tsx';
import { Notice } from '#app/ui/callout.tsx';
import { Progress } from '#app/ui/progress.tsx';
import { Segments } from '#app/ui/segments.tsx';
import type { FormProblem } from '#lib/sessions/upload.ts';
import { type Priority, priorities } from '#lib/core/fields/choices.ts';
import type { SessionMode } from '#lib/core/fields/choices.ts';
import { priorityLabels } from '#app/labels/sessions.ts';
import { nameOf, problemBefore, serverRefusal } from './form-messages.ts';
import { FileList } from './file-list.tsx';
import { acceptedEndings } from './check-file.ts';
import type { RefusedForm } from './refused-form.ts';
import { SchemaOptions } from './schema-options.tsx';
import { largeUploadBytes, uploadWithProgress } from './upload.ts';
import { useChosenFiles } from './use-chosen-files.ts';

interface Props {
  schemas: readonly SchemaSummary[];
  /** The slug of a schema that was asked for, or nothing. */
  chosen: string;
  maxFileBytes: number;
  /** What was sent without JavaScript and refused. */
  refused: RefusedForm | null;
}

const lastSchemaKey = 'last-schema';
const priorityOptions = priorities.map((value) => ({ value, label: priorityLabels[value] }));

const modeOptions: readonly { value: SessionMode; label: string }[] = [
  { value: 'per_file', label: 'One for each file' },
  { value: 'together', label: 'All files together' },
];

/** Works without JavaScript as the plain form that it is; each state below only makes it kinder. */
export function NewSessionForm({ schemas, chosen: asked, maxFileBytes, refused }: Props) {
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [errors, setErrors] = useState<readonly FormProblem[]>(refused?.errors ?? []);
  const [isBusy, setBusy] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const chosen = useChosenFiles(maxFileBytes);
  const [schema, setSchema] = useState(refused?.given.schema || asked);
  const [name, setName] = useState(refused?.given.name || null);
  const [priority, setPriority] = useState(priorities.find((each) => each === refused?.given.priority) ?? null);

  const [chosenMode, setMode] = useState<SessionMode | null>(null);
  useEffect(() => {
    const last = localStorage.getItem(lastSchemaKey);
    setSchema((current) => current || (schemas.find(({ slug }) => slug === last)?.slug ?? ''));
  }, [schemas]);
  useSubmitKey(form);

  const files = chosen.files.map((each) => ({
    ...each,
    refusal: each.refusal ?? serverRefusal(errors, each.file.name),
  }));
  const mode = chosenMode ?? schemas.find(({ slug }) => slug === schema)?.sessions ?? 'together';
  const isPerFile = files.length > 1 && mode === 'per_file';
  const about = (field: FormProblem['field']) =>
    errors.find((problem) => problem.field === field && !files.some(({ file }) => file.name === problem.file))?.message;

  const onSubmit = async (event: SubmitEvent<HTMLFormElement>) => {
    // Nothing that was entered may be lost, as it would be by leaving the page.
    event.preventDefault();
    if (isBusy) return;
    const problem = problemBefore(files.map(({ refusal }) => refusal));
    const before: FormProblem[] = [
      ...(problem ? [{ field: 'files' as const, message: problem }] : []),
      ...(schema ? [] : [{ field: 'schema' as const, message: 'Choose what to extract.' }]),
    ];
    setErrors(before);
    if (before.length > 0) return;
    localStorage.setItem(lastSchemaKey, schema);
    const size = files.reduce((sum, { file }) => sum + file.size, 0);
    setBusy(true);
    const problems = await uploadWithProgress(new FormData(event.currentTarget), (percent) => {
      if (size > largeUploadBytes) setSent(percent);
    });
    if (problems.length === 0) return router.push('/sessions');
    setBusy(false);
    setSent(null);
    setErrors(problems);
  };

  return (
    <form
      ref={form}
      action="/api/sessions"
      method="post"
      encType="multipart/form-data"
      // The browser's own messages vanish, and are in its language: ours stay, at the button.
      noValidate
      onSubmit={(event) => void onSubmit(event)}
      className="flex flex-col gap-5"
    >
      <section>
        <DropZone
          inputRef={chosen.input}
          name="files"
          accept={acceptedEndings}
          isSmall={files.length > 0}
          describedBy={about('files') ? 'files-error' : undefined}
          onFiles={(added) => {
            setErrors([]);
            chosen.add(added);
          }}
        >
          PDF, Word, Excel, CSV, text, e-mail or scans, up to {bytes(maxFileBytes)} each
        </DropZone>
        <FileList files={files} onRemove={chosen.remove} />
        <FieldError id="files-error">{about('files')}</FieldError>
      </section>

      <section>
        <h2 className="mb-1.5 font-medium">Schema</h2>
        <SchemaOptions
          schemas={schemas}
          value={schema}
          describedBy={about('schema') ? 'schema-error' : undefined}
          onChange={setSchema}
        />
        <FieldError id="schema-error">{about('schema')}</FieldError>
      </section>

      {files.length > 1 ? (
        <section>
          <h2 className="mb-1.5 font-medium">Sessions</h2>
          <Segments<SessionMode>
            name="sessions"
            label="Sessions"
            value={mode}
            options={modeOptions}
            onChange={setMode}
          />
        </section>
      ) : null}

      <section hidden={isPerFile}>
        <FieldLabel htmlFor="name" hint="Optional">
          Name
        </FieldLabel>
        <Input
          id="name"
          name="name"
          maxLength={300}
          autoComplete="off"
          placeholder="Derived from file names"
          disabled={isPerFile}
          value={name ?? nameOf(files.map(({ file }) => file.name))}
          onChange={(event) => setName(event.target.value)}
          aria-invalid={about('name') ? true : undefined}
          aria-describedby={about('name') ? 'name-error' : undefined}
        />
        <FieldError id="name-error">{about('name')}</FieldError>
      </section>

      <section>
        <h2 className="mb-1.5 font-medium">Priority</h2>
        <Segments<Priority>
          name="priority"
          label="Priority"
          value={priority ?? schemas.find(({ slug }) => slug === schema)?.priority ?? null}
          options={priorityOptions}
          onChange={setPriority}
        />
        <FieldError id="priority-error">{about('priority')}</FieldError>
      </section>

      <Problems errors={errors} />
      <div>
        <Button type="submit" kind="primary" size="large" disabled={isBusy} className="w-full">
          {isBusy ? 'Uploading…' : 'Start Extraction'}
          {isBusy ? null : (
            <Kbd className="border-white/30 bg-transparent text-white max-md:hidden">{submitKeys[0]?.keys}</Kbd>
          )}
        </Button>
        {/* Its place is kept: the sentence below must not jump. */}
        <div className="h-4 pt-2.5">{sent === null ? null : <Progress value={sent} label="Upload" />}</div>
      </div>
    </form>
  );
}

/** All that keeps the form from being sent, where it was sent from: the focus goes there. */
function Problems({ errors }: { errors: readonly FormProblem[] }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (errors.length > 0) box.current?.focus();
  }, [errors]);
  if (errors.length === 0) return null;
  return (
    <div ref={box} tabIndex={-1} className="rounded-md">
      <Notice tone="red" title="The extraction could not be started">
        <ul>
          {errors.map(({ field, file, message }) => (
            <li key={`${field} ${file ?? ''} ${message}`}>{message}</li>
          ))}
        </ul>
      </Notice>
    </div>
  );
}

const submitKeys = [{ keys: `${commandKey.trim()} ↵`, label: 'Start Extraction' }];

/** ⌘↵ starts from everywhere on the form; other keys are the screen's. */
function useSubmitKey(form: { current: HTMLFormElement | null }): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) form.current?.requestSubmit();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [form]);
  useKeys('New session', submitKeys);
}
