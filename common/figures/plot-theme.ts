// The colours and the font that figures are drawn with; used in the page and in reports.

/** CSS colours, and what is made of them. */
export interface PlotTheme {
  font: string;
  fontFamily: string;
  panel: string;
  line: string;
  grid: string;
  text: string;
  muted: string;
  faint: string;
  accent: string;
  armed: string;
  stim: string;
  /** Colours of series that have no meaning of their own, colour-blind safe (Okabe and Ito 2008). */
  series: readonly string[];
  /** Traces of the electrodes, and of those that were stimulated in the window. */
  trace: Rgb;
  stimulatedTrace: Rgb;
  /** The same for plots that write pixels. */
  rgb: { armed: Rgb; stim: Rgb; muted: Rgb; accent: Rgb; series: readonly Rgb[] };
}

/** Red, green, blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Text of axes, CSS px; whole, since uPlot reads no fraction. */
export const axisFontPixels = 12;

/** A colour with an opacity, as CSS. */
export function withAlpha([red, green, blue]: Rgb, alpha: number): string {
  return `rgba(${red}, ${green}, ${blue}, ${alpha})`;
}
