// A chart of columns as an SVG file: axes with units, one line or bars per column; pure; used in the page and in reports.
import { linearTicks } from './axis-ticks.ts';
import { formatNumber } from './format-quantity.ts';
import type { PlotTheme } from './plot-theme.ts';
import { SvgPen } from './svg-pen.ts';

export interface ChartDrawing {
  title: string;
  /** Of x, then of each series, with units. */
  headings: readonly string[];
  columns: readonly ArrayLike<number | null | undefined>[];
  xRange: readonly [number, number];
  yRange: readonly [number, number];
  /** CSS colours of the series. */
  colours: readonly string[];
  /** Dashes of the series, CSS px; given, a stroke stands beside each heading. */
  dashes?: readonly (readonly number[])[];
  width: number;
  height: number;
  /** Different for each drawing of one document. */
  name?: string;
  /** A place on the x axis that is marked, such as a limit. */
  guide?: { at: number; words: string };
}

const margins = { left: 64, right: 16, top: 36, bottom: 44 } as const;

/** "rate_hertz" becomes "rate hertz". */
const spoken = (heading: string) => heading.replaceAll('_', ' ');

export function chartSvg(drawing: ChartDrawing, theme: PlotTheme): string {
  const { title, headings, columns, xRange, yRange, colours, dashes, width, height, name, guide } = drawing;
  const pen = new SvgPen(theme, name);
  const box = {
    left: margins.left,
    top: margins.top,
    width: width - margins.left - margins.right,
    height: height - margins.top - margins.bottom,
  };
  const xOf = (value: number) => box.left + ((value - xRange[0]) / (xRange[1] - xRange[0])) * box.width;
  const yOf = (value: number) => box.top + box.height * (1 - (value - yRange[0]) / (yRange[1] - yRange[0]));
  pen.text(title, box.left, 16, { colour: theme.text, isBold: true });
  for (const value of linearTicks(yRange[0], yRange[1], 5).values) {
    pen.rect({ left: box.left, top: yOf(value), width: box.width, height: 1 }, theme.grid);
    pen.text(formatNumber(value), box.left - 8, yOf(value), { colour: theme.faint, align: 'right' });
  }
  for (const value of linearTicks(xRange[0], xRange[1], 6).values)
    pen.text(formatNumber(value), xOf(value), box.top + box.height + 12, { colour: theme.faint, align: 'center' });
  pen.text(spoken(headings[0] ?? ''), box.left + box.width / 2, height - 10, { colour: theme.muted, align: 'center' });
  const xs = Array.from(columns[0] ?? [], (value) => xOf(value ?? NaN));
  pen.clip(box, () => {
    for (const [series, column] of columns.slice(1).entries()) {
      // A row of another series only is passed over; where there should be a value and is none, the line is interrupted.
      const rows = Array.from(column, (value, row) => ({ value, row })).filter(({ value }) => value !== undefined);
      pen.path(
        rows.map(({ row }) => xs[row]!),
        rows.map(({ value }) => (value === null || value === undefined ? NaN : yOf(value))),
        { colour: colours[series] ?? theme.text, width: 1.25, dash: dashes?.[series] ?? [] },
      );
    }
  });
  if (guide !== undefined && guide.at >= xRange[0] && guide.at <= xRange[1]) {
    const x = xOf(guide.at);
    pen.line(x, box.top, x, box.top + box.height, { colour: theme.armed, dash: [4, 3] });
    pen.text(guide.words, x - 4, box.top + box.height - 8, { colour: theme.armed, align: 'right' });
  }
  const strokePixels = dashes === undefined ? 0 : 36;
  // A series that is not drawn itself, such as the edge of a band, has no heading beside those that are.
  const named = headings
    .slice(1)
    .flatMap((heading, series) => (colours[series] === 'transparent' ? [] : [{ heading, series }]));
  for (const [row, { heading, series }] of named.entries()) {
    const [right, y] = [box.left + box.width, box.top + 8 + 16 * row];
    const colour = colours[series] ?? theme.text;
    pen.text(spoken(heading), right - (strokePixels > 0 ? strokePixels + 6 : 0), y, { colour, align: 'right' });
    if (strokePixels > 0)
      pen.line(right - strokePixels, y, right, y, { colour, width: 2, dash: dashes?.[series] ?? [] });
  }
  return pen.svg(width, height, title);
}
