// Size of a plot in device pixels and the margins around its drawing area; used in the page.
import type { Disposable } from '../../common/base/disposable.ts';

/** Size of an element; `scale` is device pixels per CSS pixel. */
export interface PlotSize {
  widthPixels: number;
  heightPixels: number;
  scale: number;
}

/** CSS px around the drawing area. */
export interface Margins {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A rectangle on the device's pixel grid. */
export interface Area {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The drawing area in device pixels; never negative. */
export function drawingArea({ widthPixels, heightPixels, scale }: PlotSize, margins: Margins): Area {
  const left = Math.round(margins.left * scale);
  const top = Math.round(margins.top * scale);
  return {
    left,
    top,
    width: Math.max(0, widthPixels - left - Math.round(margins.right * scale)),
    height: Math.max(0, heightPixels - top - Math.round(margins.bottom * scale)),
  };
}

/** Calls back with an element's size now and whenever it, or the screen's pixel density, changes. */
export function observeSize(element: Element, onSize: (size: PlotSize) => void): Disposable {
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const scale = devicePixelRatio;
    const { width, height } = entry.contentRect;
    const exact = entry.devicePixelContentBoxSize?.[0];
    onSize({
      widthPixels: snap(width * scale, exact?.inlineSize),
      heightPixels: snap(height * scale, exact?.blockSize),
      scale,
    });
  });
  try {
    observer.observe(element, { box: 'device-pixel-content-box' });
  } catch {
    // Browsers without this box report CSS px, which are rounded above.
    observer.observe(element);
  }
  return { dispose: () => observer.disconnect() };
}

/** The browser's own count of device pixels where it has one; an emulated screen reports that of the real one, which is not meant. */
function snap(computed: number, exact: number | undefined): number {
  return exact !== undefined && Math.abs(exact - computed) < 1 ? exact : Math.round(computed);
}

/** Gives a canvas its pixels and its place over the area, in CSS px of the same parent. */
export function placeCanvas(canvas: HTMLCanvasElement, area: Area, scale: number): void {
  if (canvas.width !== area.width) canvas.width = area.width;
  if (canvas.height !== area.height) canvas.height = area.height;
  canvas.style.left = `${area.left / scale}px`;
  canvas.style.top = `${area.top / scale}px`;
  canvas.style.width = `${area.width / scale}px`;
  canvas.style.height = `${area.height / scale}px`;
}
