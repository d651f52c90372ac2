'use client';

import { Braces, Download, FileSpreadsheet, FolderArchive, SearchCheck } from 'lucide-react';
import { useMemo, useRef } from 'react';
import { toast } from 'sonner';
import { useKeys } from '#app/shell/keys.tsx';
import { ApiError } from '#app/api-client/call.ts';
import { Button } from '#app/ui/button.tsx';
import { bytes } from '#app/ui/format.ts';
import { Menu } from '#app/ui/menu.tsx';
import { type ExportKind, type ExportTarget, requestExport } from './export-request.ts';
import { saveFile } from './save-file.ts';

interface Props {
  target: ExportTarget;
  isDisabled?: boolean;
  size?: 'small' | 'medium';
  /** Its word only where there is room. */
  isCompact?: boolean;
  /** Opens it from anywhere on the screen. */
  hotkey?: string;
}

interface Kind extends ExportKind {
  label: string;
  detailText: string;
  icon: React.ReactNode;
}

const kinds: readonly Kind[] = [
  { format: 'xlsx', label: 'Excel', detailText: 'Sheets of accounts, lists and problems', icon: <FileSpreadsheet /> },
  { format: 'csv', label: 'CSV', detailText: 'ZIP of accounts, lists and problems', icon: <FolderArchive /> },
  { format: 'json', label: 'JSON', detailText: 'A record for each account', icon: <Braces /> },
  {
    format: 'json',
    detail: 'full',
    label: 'JSON with evidence',
    detailText: 'Each value with its place, signals and checks',
    icon: <SearchCheck />,
  },
];

/** Exports sessions in a form that is chosen from a menu. How far it is, and what went wrong, is told in a toast. */
export function ExportMenu({ target, isDisabled = false, size = 'medium', isCompact = false, hotkey }: Props) {
  const trigger = useRef<HTMLButtonElement>(null);
  useKeys(
    'Export',
    useMemo(() => (hotkey ? [{ keys: hotkey, label: 'Export', run: () => trigger.current?.click() }] : []), [hotkey]),
  );
  const choices = kinds.map(({ label, detailText, icon, format, detail }) => {
    const kind = detail ? { format, detail } : { format };
    return { key: label, label, detail: detailText, icon, run: () => void exportToFile(target, kind) };
  });
  return (
    <Menu
      choices={choices}
      trigger={
        <Button ref={trigger} disabled={isDisabled} size={size}>
          <Download />
          <span className={isCompact ? 'max-xl:sr-only' : undefined}>Export</span>
        </Button>
      }
    />
  );
}

/** Fewer than a person could read. */
const updatesEveryMs = 250;

/** Makes an export and saves it as a file; a refusal is told, with what helps against it. */
async function exportToFile(target: ExportTarget, kind: ExportKind): Promise<void> {
  const abort = new AbortController();
  const cancel = { label: 'Cancel', onClick: () => abort.abort() };
  const id = toast.loading('Preparing the export…', { action: cancel });
  let told = performance.now();
  const onBytes = (received: number) => {
    if (performance.now() - told < updatesEveryMs) return;
    told = performance.now();
    toast.loading(`Exporting… ${bytes(received)}`, { id, action: cancel });
  };
  try {
    const { name, content } = await requestExport(target, kind, { signal: abort.signal, onBytes });
    saveFile(name, content);
    toast.success(`${name}, ${bytes(content.size)}`, { id, action: undefined });
  } catch (error) {
    if (abort.signal.aborted) {
      toast.dismiss(id);
    } else if (error instanceof ApiError) {
      toast.error(error.message, { id, action: mendOf(error, target) });
    } else {
      toast.dismiss(id);
      throw error;
    }
  }
}

/** What is too large for a workbook is not too large for CSV. */
function mendOf({ code }: ApiError, target: ExportTarget) {
  if (code !== 'too_many_rows') return undefined;
  return { label: 'Export CSV', onClick: () => void exportToFile(target, { format: 'csv' }) };
}
