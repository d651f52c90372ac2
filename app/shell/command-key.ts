/** How the key for commands is written here: `⌘` on a Mac, `Ctrl ` elsewhere. */
export const commandKey: string =
  typeof navigator !== 'undefined' && /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl ';
