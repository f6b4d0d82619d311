// Paints the names of two sessions in one figure, each with its letter and its line; used in the page.
import type { PlotTheme } from '../plot-theme.ts';
import type { Box, Pen } from '../pen.ts';
import { type SessionLetter, sessionStyles } from './session-styles.ts';

/** Height of the row of names, CSS px. */
export const sessionNamePixels = 20;

export interface NamedSession {
  letter: SessionLetter;
  name: string;
}

/** @param box of the lanes: names begin at the left of their labels */
export function paintSessionNames(pen: Pen, box: Box, sessions: readonly NamedSession[], theme: PlotTheme): void {
  const each = (box.width + box.left) / sessions.length;
  for (const [index, { letter, name }] of sessions.entries()) {
    const { series, dash, width } = sessionStyles[letter];
    const left = 12 + index * each;
    const middle = box.top + box.height / 2;
    pen.line(left, middle, left + 36, middle, { colour: theme.series[series]!, width: width + 0.5, dash });
    pen.text(letter, left + 44, middle, { colour: theme.text, isBold: true });
    pen.text(name, left + 60, middle, { colour: theme.text, widthMax: each - 76 });
  }
}
