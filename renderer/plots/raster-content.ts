// What the population raster draws and reads out: one dot per spike of a simulated neuron, in bands of populations; used in the page.
import { lateSeconds } from './event-buffer.ts';
import { formatClock, formatHertz } from '../../common/figures/format-quantity.ts';
import {
  bandGapShare,
  bandsOfNeurons,
  layOutPopulations,
  type Population,
  type PopulationBand,
  rowOfNeuron,
} from '../../common/figures/population-bands.ts';
import type { LiveBuffers } from './live-buffers.ts';
import { packRgb, type Pixels, strokeColumn } from './pixels.ts';
import type { Margins } from './plot-area.ts';
import type { PlotTheme } from '../../common/figures/plot-theme.ts';
import type { StripContent, StripFrame } from './strip-view.ts';
import type { KeptSpan } from './time-navigation.ts';
import { modulo } from './time-window.ts';

const margins: Margins = { left: 84, right: 16, top: 4, bottom: 26 };
const opacity = 225;

export class RasterContent implements StripContent {
  readonly margins = margins;
  bands: PopulationBand[] = [];
  readonly #live: LiveBuffers;
  #populations: readonly Population[] | undefined;
  #theme: PlotTheme | undefined;
  #columnSeconds = 1;
  #scale = 1;
  /** Index into `bands` of each neuron, 255 for a neuron of none; made anew with the populations. */
  #bandOf = new Uint8Array(0);

  constructor(live: LiveBuffers) {
    this.#live = live;
  }

  get isEmpty(): boolean {
    return this.#live.rates.populations.length === 0 || this.#live.nowSeconds === 0;
  }

  get repaintColumns(): number {
    return Math.ceil(lateSeconds / this.#columnSeconds) + Math.ceil(2 * this.#scale);
  }

  kept(): KeptSpan {
    const { neuronSpikes, nowSeconds } = this.#live;
    const firstSeconds = neuronSpikes.end > 0 ? neuronSpikes.secondsAt(neuronSpikes.first) : nowSeconds;
    return { firstSeconds: Math.min(firstSeconds, nowSeconds), endSeconds: nowSeconds };
  }

  prepare({ layout, scale, theme }: StripFrame): { strip: string; base: string } {
    const { populations } = this.#live.rates;
    this.#theme = theme;
    this.#columnSeconds = layout.columnSeconds;
    this.#scale = scale;
    if (populations !== this.#populations) {
      this.#populations = populations;
      this.bands = layOutPopulations(populations);
      this.#bandOf = bandsOfNeurons(populations);
    }
    const key = [this.isEmpty, scale, ...populations.flatMap((one) => [one.name, one.firstNeuron, one.neurons])].join(
      ' ',
    );
    return { strip: key, base: key };
  }

  /** Names and rates stand in the page, beside the canvas; only the lines between populations are here. */
  drawBase(context: CanvasRenderingContext2D, { area, scale, theme }: StripFrame): void {
    context.fillStyle = theme.line;
    for (const { top } of this.bands.slice(1)) {
      const y = Math.round(area.top + (top - bandGapShare / 2) * area.height);
      context.fillRect(area.left, y, area.width, Math.max(1, Math.round(scale)));
    }
  }

  paint(pixels: Pixels, from: number, to: number): void {
    const { neuronSpikes } = this.#live;
    if (!this.#theme) return;
    const colours = this.bands.map((_, index) =>
      packRgb(this.#theme!.rgb.series[index % this.#theme!.rgb.series.length]!),
    );
    const columnSeconds = this.#columnSeconds;
    const columns = Math.max(1, Math.round(1.2 * this.#scale));
    const endSeconds = to * columnSeconds + lateSeconds;
    for (
      let spike = neuronSpikes.firstAtOrAfter((from - columns) * columnSeconds - lateSeconds);
      spike < neuronSpikes.end;
      spike++
    ) {
      const seconds = neuronSpikes.secondsAt(spike);
      if (seconds >= endSeconds) break;
      const neuron = neuronSpikes.idAt(spike);
      const band = this.bands[this.#bandOf[neuron] ?? 255];
      if (!band) continue;
      const rowHeight = (band.height * pixels.height) / band.population.neurons;
      const tall = Math.min(Math.max(rowHeight * 0.8, 1.5 * this.#scale), 6 * this.#scale);
      const middle = rowOfNeuron(band, neuron) * pixels.height;
      const first = Math.floor(seconds / columnSeconds);
      const rgb = colours[this.#bandOf[neuron]!]!;
      for (let column = Math.max(first, from); column < Math.min(first + columns, to); column++)
        strokeColumn(pixels, modulo(column, pixels.width), middle - tall / 2, middle + tall / 2, rgb, opacity);
    }
  }

  readOut(seconds: number, height: number): string[] {
    const index = this.bands.findIndex(({ top, height: own }) => height >= top && height < top + own);
    const band = this.bands[index];
    if (!band) return [formatClock(seconds)];
    const { name, firstNeuron, neurons } = band.population;
    const neuron = firstNeuron + Math.floor(((height - band.top) / band.height) * neurons);
    return [`${name} · ${formatClock(seconds)}`, `neuron ${neuron}`, formatHertz(this.#live.rates.recentRateHz(index))];
  }
}
