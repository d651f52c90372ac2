'use client';

import { WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Badge } from '../ui/badge.tsx';
import { listenLive } from './event-stream.ts';

/** Says so when what is shown may be old. */
export function ConnectionNotice() {
  const [isOffline, setOffline] = useState(false);
  useEffect(() => listenLive((message) => setOffline(message.kind === 'offline')), []);
  return (
    <div role="status" aria-live="polite">
      {isOffline && (
        <Badge tone="orange" icon={<WifiOff aria-hidden />}>
          Reconnecting…
        </Badge>
      )}
    </div>
  );
}
