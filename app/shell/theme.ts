export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/**
 * Runs before the first paint, so that theme, rail and columns do not flash. They are attributes of <html>; without them the
 * system's theme, a wide rail and all columns show.
 */
export const beforePaint = `try{var d=document.documentElement.dataset,t=localStorage.theme;if(t==='light'||t==='dark')d.theme=t;if(localStorage.rail==='narrow')d.rail='narrow';if(localStorage.hiddenColumns)d.hiddenColumns=localStorage.hiddenColumns}catch(e){console.warn(e)}`;

export function readTheme(): Theme {
  const { theme } = document.documentElement.dataset;
  return theme === 'light' || theme === 'dark' ? theme : 'system';
}

export function setTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  localStorage.setItem('theme', theme);
}

export function toggleRail(): void {
  const { dataset } = document.documentElement;
  if (dataset.rail === 'narrow') delete dataset.rail;
  else dataset.rail = 'narrow';
  localStorage.setItem('rail', dataset.rail ?? 'wide');
}
