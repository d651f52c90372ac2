'use client';

import { useEffect, useEffectEvent, useRef } from 'react';
import { Button } from '#app/ui/button.tsx';

interface Props {
  isLoading: boolean;
  onMore: () => void;
}

/** Pixels below the view at which the next rows are asked for. */
const ahead = '1200px';

/** Brings the next rows before a reader comes to the end of those that are there. */
export function LoadMore({ isLoading, onMore }: Props) {
  const end = useRef<HTMLDivElement>(null);
  const more = useEffectEvent(() => {
    if (!isLoading) onMore();
  });
  useEffect(() => {
    if (!end.current || isLoading) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), { rootMargin: ahead });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [isLoading]);
  return (
    <div ref={end} className="flex justify-center py-4">
      <Button onClick={onMore} disabled={isLoading}>
        {isLoading ? 'Loading…' : 'Load more'}
      </Button>
    </div>
  );
}
