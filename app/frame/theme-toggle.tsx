'use client';

import { Moon, Sun } from 'lucide-react';
import { Button } from '../ui/button.tsx';

/** Light or dark; until it is pressed the system decides. */
export function ThemeToggle() {
  const toggle = () => {
    const isDark = document.documentElement.classList.toggle('dark');
    localStorage.setItem('theme', isDark ? 'dark' : 'light');
  };
  return (
    <Button variant="quiet" size="icon" onClick={toggle} aria-label="Switch between light and dark">
      <Sun className="dark:hidden" aria-hidden />
      <Moon className="hidden dark:block" aria-hidden />
    </Button>
  );
}
