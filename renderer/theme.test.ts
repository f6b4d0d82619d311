import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { themes } from './state/preferences.svelte.ts';

const css = readFileSync(join(import.meta.dirname, 'theme.css'), 'utf8');

/** Colours of a theme by name; what it leaves out is as in the dark one. */
function coloursOf(theme: string): Map<string, string> {
  const colours = new Map<string, string>();
  for (const [, selector = '', body = ''] of css.matchAll(/(:root[^{]*)\{([^}]*)\}/g)) {
    if (selector.includes('data-theme') && !selector.includes(`'${theme}'`)) continue;
    for (const [, name = '', value = ''] of body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)) colours.set(name, value);
  }
  return colours;
}

/** Relative luminance by WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['bg', 'panel', 'panel-2', 'sunken'];
const stateGrounds = ['safe-bg', 'check-bg', 'armed-bg', 'stimulating-bg', 'danger-bg', 'unknown-bg'];

/** Words and what they stand on. */
const words: [ink: string, grounds: string[]][] = [
  ['text', [...grounds, ...stateGrounds, 'danger-panel', 'warning-panel']],
  ['muted', [...grounds, 'danger-panel', 'warning-panel']],
  ['faint', ['panel', 'panel-2', 'sunken']],
  ['danger-text', [...grounds, 'danger-panel', 'danger-bg']],
  ['warning-text', [...grounds, 'warning-panel']],
  ['unknown', ['unknown-bg', 'safe-bg', 'danger-bg', 'danger-panel']],
  ['on-accent', ['accent']],
  ['on-danger', ['stop']],
];

/** Shapes that mean something, and what they stand on. */
const shapes: [ink: string, ground: string][] = [
  ['safe', 'safe-bg'],
  ['check', 'check-bg'],
  ['armed', 'armed-bg'],
  ['stim', 'stimulating-bg'],
  ['danger', 'danger-bg'],
  ['unknown', 'unknown-bg'],
  ['glyph-ink', 'stim'],
  ['on-danger', 'danger'],
  ['control-line', 'panel'],
  ['accent', 'bg'],
  ['accent', 'panel'],
];

test.each(themes)('words of the theme %s stand out by 4.5 to 1, shapes by 3 to 1', (theme) => {
  const colours = coloursOf(theme);
  const of = (name: string) => {
    const colour = colours.get(name);
    if (colour === undefined) throw new Error(`the theme has no colour '${name}'`);
    return colour;
  };
  const weak = [
    ...words.flatMap(([ink, all]) => all.map((ground) => ({ ink, ground, least: 4.5 }))),
    ...shapes.map(([ink, ground]) => ({ ink, ground, least: 3 })),
  ]
    .map((pair) => ({ ...pair, contrast: contrast(of(pair.ink), of(pair.ground)) }))
    .filter(({ contrast: found, least }) => found < least)
    .map(({ ink, ground, contrast: found }) => `${ink} on ${ground}: ${found.toFixed(2)}`);
  expect(weak).toEqual([]);
});
