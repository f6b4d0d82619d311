// Sizes of the run view's panels and settings of its traces, remembered for each experiment. Runs in the page.

/** Fractions of the space that two neighbours share: the part of the first one. */
export interface PanelSizes {
  /** Traces beside the right column. */
  traces: number;
  /** Plots above the row of panels at the bottom. */
  upper: number;
  /** Raster above what is below it. */
  raster: number;
  /** Rates above the response, in what the raster leaves. */
  rates: number;
  /** Latency strip and histogram beside stimulation and limits. */
  latency: number;
  /** Latency strip beside its histogram. */
  strip: number;
  /** Stimulation beside limits. */
  stimulation: number;
}

export interface TraceSettings {
  windowSeconds: number;
  microvoltsPerRow: number;
  /** Electrodes shown at once; 0: as many as fit. */
  rows: number;
}

export interface PanelLayout {
  sizes: PanelSizes;
  traces: TraceSettings;
}

export const usualLayout: Readonly<PanelLayout> = {
  sizes: { traces: 0.655, upper: 0.79, raster: 0.42, rates: 0.4, latency: 0.56, strip: 0.5, stimulation: 0.5 },
  traces: { windowSeconds: 1, microvoltsPerRow: 100, rows: 0 },
};

/** No panel can be dragged away altogether. */
const smallest = 0.12;

const keyOf = (experiment: string) => `exocortex.panels.${experiment}`;

/** @returns the fraction that leaves both neighbours visible. */
export function clampFraction(fraction: number): number {
  return Math.min(Math.max(fraction, smallest), 1 - smallest);
}

/** @returns the layout kept for an experiment; what is missing or spoiled is as usual. */
export function readLayout(storage: Pick<Storage, 'getItem'>, experiment: string): PanelLayout {
  const kept = parsed(storage.getItem(keyOf(experiment)));
  return {
    sizes: numbersLike(usualLayout.sizes, kept['sizes'], clampFraction),
    traces: numbersLike(usualLayout.traces, kept['traces'], (value) => Math.max(value, 0)),
  };
}

export function keepLayout(storage: Pick<Storage, 'setItem'>, experiment: string, layout: PanelLayout): void {
  storage.setItem(keyOf(experiment), JSON.stringify(layout));
}

/** Text of a browser's storage may be anything. */
function parsed(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The numbers of `kept` under the names of `usual`, the usual ones where there are none. */
function numbersLike<T extends { [K in keyof T]: number }>(
  usual: T,
  kept: unknown,
  bound: (value: number) => number,
): T {
  const numbers = { ...usual };
  if (!isRecord(kept)) return numbers;
  for (const name in usual) {
    const value = kept[name];
    if (typeof value === 'number' && Number.isFinite(value)) numbers[name] = bound(value) as T[typeof name];
  }
  return numbers;
}
