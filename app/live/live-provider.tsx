'use client';

import { createContext, type ReactNode, useContext, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { openLiveChannel } from './live-channel.ts';
import { type LiveEvent, parseLiveEvent } from './live-event.ts';

type Listener = (event: LiveEvent) => void;

const LiveContext = createContext<(listener: Listener) => () => void>(() => () => {});
const ConnectionContext = createContext(true);

/** A stream that comes back within this time was never away. */
const patienceMs = 1500;

export function LiveProvider({ children }: { children: ReactNode }) {
  const listeners = useRef(new Set<Listener>());
  const [connected, setConnected] = useState(true);

  useEffect(() => {
    let lost: ReturnType<typeof setTimeout> | undefined;
    const close = openLiveChannel((message) => {
      if (!('connected' in message)) {
        const event = parseLiveEvent(message);
        for (const listener of listeners.current) listener(event);
      } else if (message.connected) {
        clearTimeout(lost);
        lost = undefined;
        setConnected(true);
      } else {
        lost ??= setTimeout(() => setConnected(false), patienceMs);
      }
    });
    return () => {
      clearTimeout(lost);
      close();
    };
  }, []);

  const subscribe = useMemo(
    () => (listener: Listener) => {
      listeners.current.add(listener);
      return () => void listeners.current.delete(listener);
    },
    [],
  );
  return (
    <LiveContext value={subscribe}>
      <ConnectionContext value={connected}>{children}</ConnectionContext>
    </LiveContext>
  );
}

/** Calls back on every change of a session, as long as the component stands. */
export function useLive(listener: Listener): void {
  const subscribe = useContext(LiveContext);
  const onEvent = useEffectEvent(listener);
  useEffect(() => subscribe((event) => onEvent(event)), [subscribe]);
}

/** false while events are lost. */
export function useConnected(): boolean {
  return useContext(ConnectionContext);
}
