import { describe, expect, it } from 'vitest';
import type { ReviewActivity, ReviewDescription } from '../../contract/review.ts';
import type { PlotTheme } from '../plot-theme.ts';
import { SvgPen } from '../svg-pen.ts';
import { inputLanePixels, paintInputs, type InputSession } from './paint-inputs.ts';
import { TileCache } from './tile-cache.ts';

const series = ['#0000f0', '#0000f1', '#0000f2', '#0000f3', '#0000f4', '#0000f5'];
const theme = {
  fontFamily: 'sans',
  text: '#111111',
  muted: '#666666',
  faint: '#777777',
  grid: '#dddddd',
  panel: '#ffffff',
  series,
  rgb: { accent: [9, 9, 9], series: series.map((_, index) => [0, 0, index]) },
} as unknown as PlotTheme;
const samples = 1024;

/** High from sample 256 to sample 512 on each of its lines. */
async function session(letter: 'A' | 'B', names: readonly string[]): Promise<InputSession> {
  const piece = {
    fromSample: 0,
    samplesPerColumn: 512,
    columns: 2,
    hasEdges: true,
    lineKnownFrom: new Float64Array(names.length),
    lineIsHigh: new Uint16Array(names.length),
    edgeAt: Float64Array.from(names.flatMap(() => [256, 512])),
    edgeInput: Uint16Array.from(names.flatMap((_, input) => [input, input])),
    edgeIsRise: Uint16Array.from(names.flatMap(() => [1, 0])),
  } as unknown as ReviewActivity;
  const activity = new TileCache<ReviewActivity>({ load: () => Promise.resolve(piece), takeBack: () => {} }, () => 1, {
    kept: 5,
    underway: 5,
  });
  activity.sessionSamples = samples;
  activity.want([{ samplesPerColumn: 1, tile: 0, block: 0 }]);
  while (!activity.isComplete) await new Promise((resolve) => setTimeout(resolve));
  const description = { samples, digitalInputs: names.map((name, line) => ({ line, name })) } as ReviewDescription;
  return {
    letter,
    scene: { description, activity, window: { fromSample: 0, toSample: samples, sessionSamples: samples } },
  };
}

function svgOf(sessions: readonly InputSession[]): string {
  const pen = new SvgPen(theme);
  paintInputs(pen, { left: 92, top: 0, width: samples, height: inputLanePixels(sessions, 1000) }, sessions, theme);
  return pen.svg(1200, 100, 'inputs');
}

describe('the lane of digital inputs', () => {
  it('has a bar where the line is high, strokes at its edges, its name and its rising edges beside it', async () => {
    const svg = svgOf([await session('A', ['camera'])]);
    // The column of an edge is of both.
    expect(svg).toContain('<rect x="349" y="2" width="255" height="14" fill="rgba(9, 9, 9, 0.38)"/>');
    expect(svg).toContain('d="M348.5 2V16M604.5 2V16"');
    expect(svg).toContain('>camera</text>');
    expect(svg).toContain('>↑ 1</text>');
  });

  it('has a row of its own for each session of two, in its colour, on the same name', async () => {
    const svg = svgOf([await session('A', ['camera']), await session('B', ['lever', 'camera'])]);
    expect(svg.match(/>camera</g)).toHaveLength(1);
    // The lever is of the second session alone.
    expect(svg.match(/>↑ 1<\/text>/g)).toHaveLength(3);
    expect(svg.match(/stroke="rgba\(0, 0, 0, 1\)"/g)).toHaveLength(1);
    expect(svg.match(/stroke="rgba\(0, 0, 5, 1\)"/g)).toHaveLength(2);
  });

  it('takes no room where no session has a line, and not much where there are many', async () => {
    expect(inputLanePixels([await session('A', [])], 800)).toBe(0);
    const many = await session(
      'A',
      Array.from({ length: 16 }, (_, line) => `line-${line}`),
    );
    expect(inputLanePixels([many], 800)).toBeLessThanOrEqual(200);
    expect(inputLanePixels([many], 800) / 16).toBeGreaterThanOrEqual(12);
  });
});
