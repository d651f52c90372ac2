import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that stays the same one and calls the latest: rows and pages are not drawn again because it changed. */
export function useLatest<Given extends unknown[]>(action: (...given: Given) => void): (...given: Given) => void {
  const latest = useRef(action);
  useLayoutEffect(() => {
    latest.current = action;
  });
  return useCallback((...given: Given) => latest.current(...given), []);
}
