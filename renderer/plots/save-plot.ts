// Saves a plot as a picture or as a table; used in the page.
import type { PlotTheme } from '../../common/figures/plot-theme.ts';

/** One canvas of a plot and its place in device pixels. */
export interface PictureLayer {
  canvas: HTMLCanvasElement;
  left: number;
  top: number;
}

/** Offers a file to the operator under the browser's usual way of saving. */
export function saveFile(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The download has taken hold of the blob by then.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Saves the layers over the panel's colour, with the title above, as PNG. */
export async function savePicture(
  name: string,
  title: string,
  layers: readonly PictureLayer[],
  theme: PlotTheme,
  scale: number,
): Promise<void> {
  const [lowest] = layers;
  if (!lowest || lowest.canvas.width === 0) return;
  const titleHeight = Math.round(30 * scale);
  const picture = document.createElement('canvas');
  picture.width = lowest.canvas.width;
  picture.height = lowest.canvas.height + titleHeight;
  const context = picture.getContext('2d');
  if (!context) return;
  context.fillStyle = theme.panel;
  context.fillRect(0, 0, picture.width, picture.height);
  context.fillStyle = theme.text;
  context.font = `600 ${13 * scale}px ${theme.fontFamily}`;
  context.textBaseline = 'middle';
  context.fillText(title, 12 * scale, titleHeight / 2);
  for (const { canvas, left, top } of layers)
    if (canvas.width > 0 && canvas.height > 0) context.drawImage(canvas, left, top + titleHeight);
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, 'image/png'));
  if (blob) saveFile(`${name}.png`, blob);
}

/** Saves rows of numbers with a heading as CSV. */
export function saveTable(name: string, parts: string[]): void {
  saveFile(`${name}.csv`, new Blob(parts, { type: 'text/csv' }));
}
