// Sizes of the run view's panels, remembered for each experiment. Runs in the page.

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

export const usualSizes: Readonly<PanelSizes> = {
  traces: 0.655,
  upper: 0.79,
  raster: 0.42,
  rates: 0.4,
  latency: 0.48,
  strip: 0.6,
  stimulation: 0.5,
};

/** No panel can be dragged away altogether. */
const smallest = 0.12;

const keyOf = (experiment: string) => `exocortex.panels.${experiment}`;

/** @returns the fraction that leaves both neighbours visible. */
export function clampFraction(fraction: number): number {
  return Math.min(Math.max(fraction, smallest), 1 - smallest);
}

/** @returns the sizes kept for an experiment; what is missing or spoiled has its usual size. */
export function readSizes(storage: Pick<Storage, 'getItem'>, experiment: string): PanelSizes {
  let kept: Partial<Record<keyof PanelSizes, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(storage.getItem(keyOf(experiment)) ?? '{}');
    if (typeof parsed === 'object' && parsed !== null) kept = parsed;
  } catch {
    // Spoiled by something else: the usual sizes are a good answer.
  }
  const sizes = { ...usualSizes };
  for (const name of Object.keys(sizes) as (keyof PanelSizes)[]) {
    const fraction = kept[name];
    if (typeof fraction === 'number' && Number.isFinite(fraction)) sizes[name] = clampFraction(fraction);
  }
  return sizes;
}

export function keepSizes(storage: Pick<Storage, 'setItem'>, experiment: string, sizes: PanelSizes): void {
  storage.setItem(keyOf(experiment), JSON.stringify(sizes));
}
