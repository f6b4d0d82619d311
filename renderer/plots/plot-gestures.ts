// Mouse, wheel and keys on a plot of stream time; used in the page.
import type { Disposable } from '../../common/base/disposable.ts';

/** Places are CSS px in the element. */
export interface PlotGestures {
  onZoomTime(factor: number, x: number): void;
  onZoomValue?: (steps: number) => void;
  onScrollRows?: (rows: number) => void;
  onPan(dx: number): void;
  /** While a stretch is being marked, and (`isDone`) when it is to be shown. */
  onSelect(fromX: number, toX: number, isDone: boolean): void;
  onClick?: (x: number, y: number) => void;
  onReset(): void;
  onHold(): void;
  onFollow(): void;
  /** null: the pointer has left. */
  onHover(at: { x: number; y: number } | null): void;
}

const zoomPerNotch = 1.25;
const notchPixels = 100;
/** Movement below this is a click. */
const clickPixels = 4;
const panByKeyPixels = 60;

/** Wheel: time; with Alt: value; with Shift: rows. Drag: move; with Shift: mark a stretch. Double click: as at first. */
export function addPlotGestures(element: HTMLElement, gestures: PlotGestures): Disposable {
  const listeners = new AbortController();
  const { signal } = listeners;
  let start: { x: number; y: number; isSelection: boolean } | undefined;
  let lastX = 0;
  let isDrag = false;

  const place = (event: MouseEvent) => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const onWheel = (event: WheelEvent) => {
    event.preventDefault();
    const amount = event.deltaY || event.deltaX;
    const notches = event.deltaMode === 0 ? amount / notchPixels : Math.sign(amount);
    if (event.shiftKey) gestures.onScrollRows?.(Math.sign(amount));
    else if (event.altKey) gestures.onZoomValue?.(Math.sign(amount));
    else gestures.onZoomTime(zoomPerNotch ** notches, place(event).x);
  };

  const onDown = (event: PointerEvent) => {
    if (event.button !== 0) return;
    start = { ...place(event), isSelection: event.shiftKey };
    lastX = start.x;
    isDrag = false;
    element.setPointerCapture(event.pointerId);
  };

  const onMove = (event: PointerEvent) => {
    const at = place(event);
    gestures.onHover(at);
    if (!start) return;
    isDrag ||= Math.abs(at.x - start.x) >= clickPixels;
    if (!isDrag) return;
    if (start.isSelection) gestures.onSelect(start.x, at.x, false);
    else gestures.onPan(at.x - lastX);
    lastX = at.x;
  };

  const onUp = (event: PointerEvent) => {
    if (!start) return;
    const at = place(event);
    if (isDrag && start.isSelection) gestures.onSelect(start.x, at.x, true);
    else if (!isDrag) gestures.onClick?.(at.x, at.y);
    start = undefined;
  };

  const keys: Record<string, () => void> = {
    '+': () => gestures.onZoomTime(1 / zoomPerNotch, element.clientWidth),
    '=': () => gestures.onZoomTime(1 / zoomPerNotch, element.clientWidth),
    '-': () => gestures.onZoomTime(zoomPerNotch, element.clientWidth),
    ArrowLeft: () => gestures.onPan(panByKeyPixels),
    ArrowRight: () => gestures.onPan(-panByKeyPixels),
    ArrowUp: () => gestures.onZoomValue?.(-1),
    ArrowDown: () => gestures.onZoomValue?.(1),
    PageUp: () => gestures.onScrollRows?.(-8),
    PageDown: () => gestures.onScrollRows?.(8),
    End: () => gestures.onFollow(),
    f: () => gestures.onHold(),
    F: () => gestures.onHold(),
  };

  const onKey = (event: KeyboardEvent) => {
    const action = keys[event.key];
    if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    // The page has a key F of its own that does the same.
    event.stopPropagation();
    action();
  };

  element.addEventListener('wheel', onWheel, { passive: false, signal });
  element.addEventListener('pointerdown', onDown, { signal });
  element.addEventListener('pointermove', onMove, { signal });
  element.addEventListener('pointerup', onUp, { signal });
  element.addEventListener('pointercancel', () => (start = undefined), { signal });
  element.addEventListener('pointerleave', () => gestures.onHover(null), { signal });
  element.addEventListener('dblclick', () => gestures.onReset(), { signal });
  element.addEventListener('keydown', onKey, { signal });
  return { dispose: () => listeners.abort() };
}
