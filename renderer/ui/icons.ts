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
  octagon: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM12 7.5v5.5M12 16.5h.01',
  clock: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l3.5 2',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 0 1-12 0zM12 17v4',
  network:
    'M6 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4M18 4a2 2 0 1 0 0 4 2 2 0 0 0 0-4M12 16a2 2 0 1 0 0 4 2 2 0 0 0 0-4M8 6h8M7 7.7l4 8.6M17 7.7l-4 8.6',
  disk: 'M4 7c0-2 3.6-3.5 8-3.5S20 5 20 7s-3.6 3.5-8 3.5S4 9 4 7zv10c0 2 3.6 3.5 8 3.5s8-1.5 8-3.5V7M4 12c0 2 3.6 3.5 8 3.5s8-1.5 8-3.5',
  stimulator: 'M13 2L5 14h6l-1 8 8-12h-6z',
  program: 'M7 7h10v10H7zM10 3v4M14 3v4M10 17v4M14 17v4M3 10h4M3 14h4M17 10h4M17 14h4',
  limit: 'M4 18a9 9 0 1 1 16 0M12 14l4-5M12 14h.01',
  pulse: 'M2 9h5v8h5V5h5v4h5',
  person: 'M12 4a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M5 21c0-4 3-6.5 7-6.5s7 2.5 7 6.5',
  refresh: 'M20 12a8 8 0 1 1-2.5-5.8M20 3v4h-4',
} as const;

export type IconName = keyof typeof icons;
