const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** `12 s`, `3 m`, `1 h`, `2 d`, then the date. Times in ms since the epoch. */
export function relativeTime(then: number, now: number): string {
  const age = Math.max(0, now - then);
  if (age < 5 * second) return 'now';
  if (age < minute) return `${Math.floor(age / second)} s`;
  if (age < hour) return `${Math.floor(age / minute)} m`;
  if (age < day) return `${Math.floor(age / hour)} h`;
  if (age < 14 * day) return `${Math.floor(age / day)} d`;
  return new Date(then).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

/** `<0.1 s`, `0.4 s`, `12 s`, `1 m 12 s`, `2 h 5 m`. */
export function duration(ms: number): string {
  if (ms < 50) return '<0.1 s';
  if (ms < 9.95 * second) return `${(ms / second).toFixed(1)} s`;
  const seconds = Math.round(ms / second);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}

/** `$0.0042`, `$0.011`, `$12.40`. */
export function money(usd: number): string {
  if (usd === 0) return '$0';
  if (usd < 0.01) return `$${usd.toFixed(4)}`;
  return `$${usd.toFixed(usd < 1 ? 3 : 2)}`;
}

const separated = new Intl.NumberFormat('en-US');

/** With separators: `1,284`. */
export function count(number: number): string {
  return separated.format(number);
}

/** `1 page`, `12 pages`. */
export function counted(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${number === 1 ? one : many}`;
}

/** `812 B`, `1.4 MB`; a megabyte is 1024 × 1024 bytes, as in the limits. */
export function bytes(size: number): string {
  if (size < 1024) return `${size} B`;
  const units = ['kB', 'MB', 'GB'];
  let amount = size / 1024;
  let unit = 0;
  while (amount >= 1000 && unit < units.length - 1) {
    amount /= 1024;
    unit += 1;
  }
  return `${amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[unit]}`;
}
