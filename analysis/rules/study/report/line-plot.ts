// A plot of lines with a band around each, its axes labelled with units, and a legend beside it; analysis process.
import { linearScale, logarithmicScale, type Scale } from './axis.ts';
import { type LineStyle } from './line-styles.ts';
import { document, element, place, textElement } from './svg.ts';

export interface PlotPoint {
  readonly x: number;
  readonly y: number;
  /** Half the height of the band. */
  readonly error: number;
}

export interface PlotLine {
  readonly label: string;
  readonly style: LineStyle;
  /** From left to right. */
  readonly points: readonly PlotPoint[];
  /** Whether each point gets a mark. */
  readonly hasMarks?: boolean;
}

export interface PlotAxis {
  /** With its unit in brackets. */
  readonly label: string;
  readonly isLogarithmic?: boolean;
  /** Values that the axis shows whatever the lines do. */
  readonly includes?: readonly number[];
}

export interface LinePlot {
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly lines: readonly PlotLine[];
  /** Horizontal lines that something is compared with. */
  readonly marks?: readonly { readonly y: number; readonly label: string }[];
}

const area = { left: 70, top: 36, width: 420, height: 280 };
const legendLeft = area.left + area.width + 16;
const width = legendLeft + 200;
const lineHeight = 18;

export function drawLinePlot({ title, x, y, lines, marks = [] }: LinePlot): string {
  const points = lines.flatMap((line) => line.points);
  const across = scaleOf(
    x,
    points.map((point) => point.x),
  );
  const isLogarithmic = y.isLogarithmic === true;
  const up = scaleOf(y, [
    ...points.flatMap((point) =>
      [point.y - point.error, point.y + point.error].filter((value) => !isLogarithmic || value > 0),
    ),
    ...marks.map((mark) => mark.y),
  ]);
  const right = (value: number) => area.left + across.at(value) * area.width;
  const down = (value: number) => area.top + (1 - Math.min(1.02, Math.max(-0.02, up.at(value)))) * area.height;
  const height = Math.max(area.top + area.height + 52, area.top + lines.length * lineHeight + 20);
  return document(width, height, title, [
    textElement(area.left, 20, title, { 'font-size': 14, 'font-weight': 600 }),
    ...axes(x, y, across, up),
    ...marks.flatMap((mark) => [
      element('line', {
        x1: area.left,
        x2: area.left + area.width,
        y1: down(mark.y),
        y2: down(mark.y),
        stroke: '#777777',
        'stroke-dasharray': '3 3',
      }),
      textElement(area.left + area.width - 4, down(mark.y) - 4, mark.label, {
        'text-anchor': 'end',
        fill: '#555555',
        'font-size': 11,
      }),
    ]),
    ...lines.map((line) => drawLine(line, right, down, isLogarithmic)),
    ...lines.flatMap(({ label, style }, index) => {
      const middle = area.top + 8 + index * lineHeight;
      return [
        element('line', { x1: legendLeft, x2: legendLeft + 24, y1: middle, y2: middle, ...strokeOf(style) }),
        textElement(legendLeft + 30, middle + 4, label),
      ];
    }),
  ]);
}

function scaleOf(axis: PlotAxis, values: readonly number[]): Scale {
  const all = [...values, ...(axis.includes ?? [])];
  return axis.isLogarithmic === true ? logarithmicScale(all) : linearScale(all);
}

const strokeOf = ({ colour, dashes }: LineStyle) => ({
  stroke: colour,
  'stroke-width': '1.8',
  'stroke-dasharray': dashes,
  fill: 'none',
});

function drawLine(
  { label, style, points, hasMarks = false }: PlotLine,
  right: (value: number) => number,
  down: (value: number) => number,
  isLogarithmic: boolean,
): string {
  const lower = ({ y, error }: PlotPoint) => (isLogarithmic && y - error <= 0 ? y : y - error);
  const corner = (x: number, y: number) => `${place(right(x))},${place(down(y))}`;
  const band = [
    ...points.map((point) => corner(point.x, point.y + point.error)),
    ...[...points].reverse().map((point) => corner(point.x, lower(point))),
  ];
  const hasBand = points.some(({ error }) => error > 0);
  return element('g', { 'data-line': label }, [
    ...(hasBand ? [element('polygon', { points: band.join(' '), fill: style.colour, 'fill-opacity': '0.15' })] : []),
    element('polyline', { points: points.map(({ x, y }) => corner(x, y)).join(' '), ...strokeOf(style) }),
    ...(hasMarks
      ? points.map(({ x, y }) => element('circle', { cx: right(x), cy: down(y), r: 3, fill: style.colour }))
      : []),
  ]);
}

function axes(x: PlotAxis, y: PlotAxis, across: Scale, up: Scale): string[] {
  const [bottom, end] = [area.top + area.height, area.left + area.width];
  const line = (x1: number, y1: number, x2: number, y2: number, stroke: string) =>
    element('line', { x1, y1, x2, y2, stroke });
  return [
    ...up.ticks.flatMap(({ value, text }) => {
      const level = area.top + (1 - up.at(value)) * area.height;
      return [
        line(area.left, level, end, level, '#e5e5e5'),
        textElement(area.left - 8, level + 4, text, { 'text-anchor': 'end' }),
      ];
    }),
    ...across.ticks.flatMap(({ value, text }) => {
      const column = area.left + across.at(value) * area.width;
      return [
        line(column, bottom, column, bottom + 5, '#333333'),
        textElement(column, bottom + 20, text, { 'text-anchor': 'middle' }),
      ];
    }),
    line(area.left, bottom, end, bottom, '#333333'),
    line(area.left, area.top, area.left, bottom, '#333333'),
    textElement(area.left + area.width / 2, bottom + 40, x.label, { 'text-anchor': 'middle' }),
    textElement(0, 0, y.label, {
      'text-anchor': 'middle',
      transform: `translate(16 ${place(area.top + area.height / 2)}) rotate(-90)`,
    }),
  ];
}
