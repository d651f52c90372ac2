import { useCallback, useMemo, useState } from 'react';
import type { Size } from './geometry.ts';
import { startSize } from './page-source.ts';
import type { ShownWords } from './hit-test.ts';

/** What pages tell once they are shown: their size, and where words stand on those that are set from what was read. */
export function useKnownPages(pageCount: number) {
  const [known, setKnown] = useState<ReadonlyMap<number, Size>>(new Map());
  const [shown, setShown] = useState<ReadonlyMap<number, ShownWords>>(new Map());
  const sizes = useMemo(() => {
    // Pages are mostly alike: what is not known yet is taken to be like the first.
    const usual = known.get(0) ?? [...known.values()][0] ?? startSize;
    return Array.from({ length: pageCount }, (_, page) => known.get(page) ?? usual);
  }, [known, pageCount]);
  const onSize = useCallback((page: number, { width, height }: Size) => {
    setKnown((before) => {
      const one = before.get(page);
      return one?.width === width && one.height === height ? before : new Map(before).set(page, { width, height });
    });
  }, []);
  const onShown = useCallback(
    (page: number, words: ShownWords) => setShown((before) => new Map(before).set(page, words)),
    [],
  );
  return { sizes, shown, onSize, onShown };
}
