/** A time of day in a text. */
export interface TimeSpan {
  start: number;
  end: number;
  /** `14:05:00` */
  value: string;
  /** Whether its seconds are printed. */
  hasSeconds: boolean;
  /** `Z`, `+02:00`; null when none is printed, or one that several zones share. */
  zone: string | null;
}

/** No part of a longer number, such as the date `2.05.2024`. */
const times =
  /(?<!\d|\d[:.])(?<hour>\d{1,2})\s?[:.h]\s?(?<minute>\d{2})(?:[:.](?<second>\d{2})(?!\d)(?:\.\d{1,9})?)?(?!\d|[:.]\d)\s?(?<half>[ap]\.?m\.?)?/gi;
const offset = /^(?<gmt>\s?\(?(?:UTC|GMT)\s?)?(?<sign>[-+−])(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?(?!\d)/;
const zoneName = /^\s?\(?(?<name>[A-Z]{1,5})(?![\p{L}\d])/u;

/** Names that mean one zone wherever they are printed. */
const zones: Record<string, string> = {
  Z: 'Z',
  UTC: 'Z',
  GMT: 'Z',
  WET: '+00:00',
  WEST: '+01:00',
  CET: '+01:00',
  MEZ: '+01:00',
  CEST: '+02:00',
  MESZ: '+02:00',
  EET: '+02:00',
  EEST: '+03:00',
  JST: '+09:00',
  EST: '-05:00',
  EDT: '-04:00',
  CDT: '-05:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
};

/** Every time in a text: `14:05:00` from `2:05 pm`, `14h05`, `14:05`, with its zone. */
export function findTimes(text: string): TimeSpan[] {
  return [...text.matchAll(times)].flatMap((match) => {
    const { hour = '', minute = '', second, half } = match.groups ?? {};
    if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return [];
    const hours = half ? (Number(hour) % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0) : Number(hour);
    const value = `${String(hours).padStart(2, '0')}:${minute}:${second ?? '00'}`;
    const [start, end] = [match.index, match.index + match[0].trimEnd().length];
    // `10:00-12:00` is a span of time; only behind a whole time of ISO 8601 `-05:00` is an offset.
    const isIso = second !== undefined || text.charAt(start - 1) === 'T';
    return [{ start, end, value, hasSeconds: second !== undefined, zone: zoneAt(text.slice(end, end + 20), isIso) }];
  });
}

/** The first time in a text with its zone, `14:05:00+02:00`; without seconds where none are printed. Null when it has none. */
export function parseTime(text: string): string | null {
  const [found] = findTimes(text);
  if (!found) return null;
  return `${found.hasSeconds ? found.value : found.value.slice(0, 5)}${found.zone ?? ''}`;
}

/** The same with its seconds, as behind the day of a `date-time`. */
export function parseFullTime(text: string): string | null {
  const [found] = findTimes(text);
  return found ? `${found.value}${found.zone ?? ''}` : null;
}

function zoneAt(text: string, isIso: boolean): string | null {
  const { gmt, sign, hours = '', minutes = '00' } = offset.exec(text)?.groups ?? {};
  if (!sign || !(gmt || isIso)) return zones[zoneName.exec(text)?.groups?.name ?? ''] ?? null;
  if (Number(hours) > 14 || Number(minutes) > 59) return null;
  return `${sign === '+' ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`;
}

/** Whether a time of a text is one that is looked for; a zone counts where both have one. */
export function isSameTime(found: TimeSpan, wanted: string): boolean {
  const [, minutes, seconds = ':00', zone] = /^(\d\d:\d\d)(:\d\d)?(.*)$/.exec(wanted) ?? [];
  return (
    minutes !== undefined && found.value === minutes + seconds && (!zone || found.zone === null || zone === found.zone)
  );
}
