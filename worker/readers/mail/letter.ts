import type { HeldFile } from '../reader.ts';

/** An e-mail, whatever it was kept as. */
export interface Letter {
  /** `From: Ann <ann@example.org>` and the others that a person reads. */
  headers: readonly string[];
  text: string;
  html: string;
  enclosures: readonly Enclosure[];
}

/** A file that a mail carries. */
export interface Enclosure {
  name: string;
  mimeType: string;
  content: Uint8Array;
  /** Shown within the text, such as a logo. */
  isPicture: boolean;
}

type Person = { name?: string | undefined; address?: string | undefined } | undefined;

interface Heading {
  from: Person;
  to: readonly Person[];
  date: string;
  subject: string;
}

export function headersOf({ from, to, date, subject }: Heading): string[] {
  const named = (one: Person) => [one?.name, one?.address && `<${one.address}>`].filter(Boolean).join(' ');
  return [
    ['From', named(from)],
    ['To', to.map(named).join(', ')],
    ['Date', date],
    ['Subject', subject],
  ].flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
}

/** What a person would not read: business cards and invitations. */
const notDocuments = /^(?:application\/ics|text\/(?:calendar|(?:x-)?vcard))$/i;
/** What says nothing: signatures. */
const signatures = /^application\/(?:pgp-signature|(?:x-)?pkcs7-signature)$/i;
/** What Exchange makes of the footer of a mail. */
const footers = /^ATT\d+\.(?:txt|html?)$/i;

/** The files of a mail that may be documents of their own; pictures within its text are part of it. */
export function heldFilesOf({ enclosures }: Letter): HeldFile[] {
  return enclosures
    .filter(({ isPicture, name, mimeType }) => !isPicture && !footers.test(name) && !signatures.test(mimeType))
    .map(({ name, mimeType, content }) => ({
      name,
      content: notDocuments.test(mimeType) ? 'no_document' : content,
      isCovered: true,
    }));
}
