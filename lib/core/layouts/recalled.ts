import type { ListPlace, Place } from './lesson.ts';

/** What verified documents say about where the values of a page stand, in that page's own positions. */
export interface Recalled {
  /** How many verified documents have this layout. */
  documents: number;
  places: Remembered<Place>[];
  lists: Remembered<ListPlace>[];
  /** Fields that none of those documents has. */
  absent: string[];
  /** Words of the page, by their index, that stand there in those documents too. */
  printed: number[];
}

/** `seen`: in how many of the verified documents it stands there. */
export type Remembered<P> = P & { seen: number };
