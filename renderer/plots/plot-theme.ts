// The colours and the font of the plots, read from the page's CSS variables once per theme; used in the page.
import { axisFontPixels, type PlotTheme, type Rgb } from '../../common/figures/plot-theme.ts';

/** Order in which series take their colours: neighbours differ most; orange comes last, it marks detected spikes. */
const seriesVariables = ['--s1', '--s4', '--s3', '--s5', '--s6', '--s2'];

/** CSS colour of a series by its index, as `PlotTheme.series` has it. */
export function seriesColourOf(index: number): string {
  return `var(${seriesVariables[index % seriesVariables.length]})`;
}

/** Reads the variables as `element` sees them. */
export function readPlotTheme(element: Element): PlotTheme {
  const style = getComputedStyle(element);
  const toRgb = createColourReader(element.ownerDocument);
  const css = (name: string) => style.getPropertyValue(name).trim();
  const rgb = (name: string) => toRgb(css(name));
  return {
    font: `${axisFontPixels}px ${style.fontFamily}`,
    fontFamily: style.fontFamily,
    panel: css('--panel'),
    line: css('--line'),
    grid: css('--grid'),
    text: css('--text'),
    muted: css('--muted'),
    faint: css('--faint'),
    accent: css('--accent'),
    armed: css('--armed'),
    stim: css('--stim'),
    series: seriesVariables.map(css),
    trace: css('--trace') ? rgb('--trace') : mix(rgb('--s1'), rgb('--text'), 0.5),
    stimulatedTrace: mix(rgb('--stim'), rgb('--text'), 0.3),
    rgb: {
      armed: rgb('--armed'),
      stim: rgb('--stim'),
      muted: rgb('--muted'),
      accent: rgb('--accent'),
      series: seriesVariables.map(rgb),
    },
  };
}

/** `share` of `b` in `a`. */
function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2) => Math.round(a[index] + (b[index] - a[index]) * share);
  return [part(0), part(1), part(2)];
}

/** Resolves any CSS colour, whatever its notation, by painting it. */
function createColourReader(document: Document): (colour: string) => Rgb {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (colour) => {
    if (!context || !colour) return [128, 128, 128];
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
}
