'use client';

import { Bell, BellOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { canNotify, isWanted, setWanted } from '#app/live/notification-setting.ts';
import { Button } from '#app/ui/button.tsx';
import { Tooltip } from '#app/ui/tooltip.tsx';

/** Turns notices of finished sessions on and off, for this browser. */
export function NoticeButton() {
  const [isOn, setOn] = useState(false);
  useEffect(() => setOn(isWanted()), []);
  const toggle = async () => {
    if (!canNotify()) {
      toast.error('This browser does not support notifications');
      return;
    }
    const now = await setWanted(!isOn);
    setOn(now);
    if (!isOn && !now) toast.error('Notifications are blocked. Allow them in the browser settings.');
  };
  return (
    <Tooltip label={isOn ? 'You are notified when sessions finish' : 'Notify me when sessions finish'}>
      <Button
        kind="quiet"
        size="icon"
        aria-pressed={isOn}
        aria-label="Notify me when sessions finish"
        onClick={() => void toggle()}
      >
        {isOn ? <Bell className="text-link" /> : <BellOff />}
      </Button>
    </Tooltip>
  );
}
