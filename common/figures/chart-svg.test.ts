import { describe, expect, it } from 'vitest';
import { chartSvg } from './chart-svg.ts';
import type { PlotTheme } from './plot-theme.ts';
import { SvgPen } from './svg-pen.ts';

const theme = {
  fontFamily: '"A & B"',
  panel: '#fff',
  text: '#111',
  grid: '#ddd',
  faint: '#888',
  muted: '#666',
} as PlotTheme;

describe('a chart as SVG', () => {
  it('has a line of every point within its axes, interrupted where there is no value', () => {
    const svg = chartSvg(
      {
        title: 'Rates <1>',
        headings: ['milliseconds', 'rate_hertz'],
        columns: [
          [0, 5, 10, 15],
          [0, 10, null, 10],
        ],
        xRange: [0, 20],
        yRange: [0, 10],
        colours: ['#00f'],
        width: 300,
        height: 200,
      },
      theme,
    );
    const path = /d="([^"]+)"[^>]*stroke="#00f"/.exec(svg)![1];
    expect(path).toBe('M64 156L119 36M229 36');
    expect(svg).toContain('<title>Rates &lt;1&gt;</title>');
    expect(svg).toContain('rate hertz');
    expect(svg).not.toMatch(/NaN|undefined/);
  });

  it('passes over rows of another series, dashes as asked, and names no series that is not drawn', () => {
    const svg = chartSvg(
      {
        title: 'Average',
        headings: ['milliseconds', 'A', 'edge', 'B'],
        columns: [
          [0, 5, 10, 15],
          [0, undefined, 10, undefined],
          [1, undefined, 1, undefined],
          [undefined, 5, undefined, null],
        ],
        xRange: [0, 20],
        yRange: [0, 10],
        colours: ['#00f', 'transparent', '#f80'],
        dashes: [[], [], [6, 4]],
        width: 300,
        height: 200,
      },
      theme,
    );
    const paths = [...svg.matchAll(/<path d="([^"]+)"[^>]*stroke="(#\w+)"[^>]*?(stroke-dasharray="[^"]+")?\/>/g)];
    expect(paths.map(([, d, colour, dash]) => [d, colour, dash])).toEqual([
      ['M64 156L174 36', '#00f', undefined],
      ['M119 96', '#f80', 'stroke-dasharray="6 4"'],
      ['M248 44L284 44', '#00f', undefined],
      ['M248 60L284 60', '#f80', 'stroke-dasharray="6 4"'],
    ]);
    expect(svg).not.toContain('>edge<');
    expect(svg).not.toMatch(/NaN|undefined/);
  });
});

describe('the pen of SVG files', () => {
  it('draws columns as strokes at least half a pixel high, and none where there is nothing', () => {
    const pen = new SvgPen(theme);
    pen.columns(10, Float32Array.of(1, NaN, 3), Float32Array.of(2, 0, 3), [1, 2, 3], 255);
    expect(pen.svg(20, 20, 't')).toContain('d="M10.5 1V2M12.5 3V3.5"');
  });

  it('draws many strokes as one path', () => {
    const pen = new SvgPen(theme);
    pen.strokes([1, 2.5], [3, 4], 2, [1, 2, 3], 255);
    pen.strokes([], [], 2, [1, 2, 3], 255);
    expect(pen.svg(20, 20, 't').match(/<path [^>]*>/g)).toEqual([
      '<path d="M1 3v2M2.5 4v2" fill="none" stroke="rgba(1, 2, 3, 1)"/>',
    ]);
  });

  it('cuts words that are too long, and escapes what SVG would read as its own', () => {
    const pen = new SvgPen(theme);
    pen.text('a long label & more', 0, 0, { colour: '#000', widthMax: 40 });
    expect(pen.svg(20, 20, 't')).toMatch(/>a lo.*…</);
    expect(pen.svg(20, 20, 't')).toContain('font-family="&quot;A &amp; B&quot;"');
  });
});
