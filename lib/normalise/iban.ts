/** An IBAN without spaces, when its checksum holds (ISO 13616: the number moved and read in base 36 is 1 modulo 97). */
export function parseIban(text: string): string | null {
  const bare = text.replace(/[\s-]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(bare)) return null;
  const moved = bare.slice(4) + bare.slice(0, 4);
  let remainder = 0;
  for (const sign of moved) {
    const digits = Number.parseInt(sign, 36).toString();
    for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97;
  }
  return remainder === 1 ? bare : null;
}
