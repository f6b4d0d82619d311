// The page's one set of icons: paths on a square of 24, drawn as lines. Runs in the page.

export const icons = {
  rig: 'M3 5h18v12H3zM8 21h8M12 17v4',
  design: 'M4 6h9M17 6h3M4 12h3M11 12h9M4 18h8M16 18h4M15 4v4M9 10v4M14 16v4',
  run: 'M2 12h4l3-8 5 16 3-8h5',
  review: 'M4 4v16h16M7 15l4-5 3 3 5-7',
  help: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.8.4-1 .9-1 1.7M12 17h.01',
  theme: 'M12 3a9 9 0 1 0 0 18zM12 3a9 9 0 0 1 0 18',
  maximise: 'M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5',
  copy: 'M8 8h12v12H8zM16 8V4H4v12h4',
  close: 'M5 5l14 14M19 5L5 19',
  play: 'M7 4l13 8-13 8z',
  tape: 'M6 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M18 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6M6 15h12',
  folder: 'M3 6h6l2 2h10v11H3z',
  warning: 'M12 3l10 18H2zM12 10v5M12 18h.01',
  check: 'M4 12l5 5L20 6',
  refresh: 'M20 12a8 8 0 1 1-2.5-5.8M20 3v4h-4',
} as const;

export type IconName = keyof typeof icons;
