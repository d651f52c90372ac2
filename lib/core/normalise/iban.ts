import { electronicFormatIBAN, isValidIBAN } from 'ibantools';

/** An IBAN without spaces, when its country has IBANs of its length and form, and its checksum holds; null otherwise. */
export function parseIban(text: string): string | null {
  const bare = electronicFormatIBAN(text);
  return bare !== null && isValidIBAN(bare) ? bare : null;
}
