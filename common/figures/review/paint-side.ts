// Paints the words beside a lane, below its name, none over another; used in the page and in reports.
import type { PlotTheme } from '../plot-theme.ts';
import type { Box, Pen } from '../pen.ts';

const labelGap = 8;
/** Words are no closer below each other, CSS px. */
const rowPixels = 13;
const nameMiddle = 8;

export interface SideWords {
  y: number;
  words: string;
}

/** What the top of a lane stands for, below the name. */
export const besideTop = ({ top }: Box, words: string): SideWords => ({ y: top + 23, words });
/** What its bottom stands for. */
export const besideBottom = ({ top, height }: Box, words: string): SideWords => ({ y: top + height - 6, words });

export function paintLaneName(pen: Pen, box: Box, name: string, colour: string): void {
  const widthMax = box.left - labelGap - 4;
  pen.text(name, box.left - labelGap, box.top + nameMiddle, { colour, align: 'right', widthMax });
}

/** @param beside the most needed first; those for which there is no room are left out */
export function paintSide(pen: Pen, box: Box, beside: readonly SideWords[], theme: PlotTheme): void {
  const taken = [box.top + nameMiddle];
  for (const { y, words } of beside) {
    if (taken.some((other) => Math.abs(other - y) < rowPixels)) continue;
    taken.push(y);
    pen.text(words, box.left - labelGap, y, { colour: theme.faint, align: 'right' });
  }
}
