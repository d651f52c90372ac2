/** Whether a person wants to be told in this browser when sessions finish. */
export function isWanted(): boolean {
  return canNotify() && Notification.permission === 'granted' && localStorage.getItem('notices') === 'on';
}

export function canNotify(): boolean {
  return typeof Notification !== 'undefined';
}

/** Turns it on or off; on asks the browser's leave. Gives what it is then. */
export async function setWanted(isOn: boolean): Promise<boolean> {
  localStorage.setItem('notices', isOn ? 'on' : 'off');
  if (isOn && Notification.permission === 'default') await Notification.requestPermission();
  return isWanted();
}
