import { RequestError } from '#lib/core/errors.ts';

/** A file of an upload that cannot be used, and why. */
export interface RefusedFile {
  name: string;
  error: RequestError;
}

/** Some files of an upload cannot be used, so none of them is. Its status and code are those of the first. */
export class FilesRefused extends RequestError {
  override name = 'FilesRefused';
  readonly files: readonly RefusedFile[];
  /** The other parts of the form. */
  readonly fields: Readonly<Record<string, string>>;

  constructor(files: readonly [RefusedFile, ...RefusedFile[]], fields: Record<string, string>) {
    const [{ error: first }] = files;
    super(first.kind, first.code, files.map(({ error }) => error.message).join('; '), { cause: first });
    this.files = files;
    this.fields = fields;
  }

  override get details() {
    return { files: this.files.map(({ name, error }) => ({ name, code: error.code, message: error.message })) };
  }
}
