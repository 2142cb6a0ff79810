import { useEffect, useState } from 'react';

const KEY = 'rooflab.theme';
const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const ICONS: Record<Theme, string> = {
  system: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2Zm0 1.5v9a4.5 4.5 0 0 1 0-9Z',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM7.3 1h1.4v2H7.3Zm0 12h1.4v2H7.3ZM1 7.3h2v1.4H1Zm12 0h2v1.4h-2ZM2.6 3.6l1-1L5 4 4 5Zm8.4 8.4 1-1 1.4 1.4-1 1Zm1.4-9.4 1 1L12 5l-1-1ZM4 11l1 1-1.4 1.4-1-1Z',
  dark: 'M6.2 2.1A6 6 0 1 0 13.9 9.8 5 5 0 0 1 6.2 2.1Z',
};

function stored(): Theme {
  const value = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/** System, light, dark, in turn. */
export function ThemeToggle() {
  const [theme, setTheme] = useState(stored);
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
    localStorage.setItem(KEY, theme);
  }, [theme]);
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  const label = `Colours: ${theme}. Switch to ${next}`;
  return (
    <button
      type="button"
      className="btn quiet icon"
      aria-label={label}
      title={label}
      onClick={() => setTheme(next)}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
        <path d={ICONS[theme]} />
      </svg>
    </button>
  );
}
