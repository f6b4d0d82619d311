import { describe, expect, it } from 'vitest';
import { drawTimes, type TraceEvent } from './draw-times.ts';

const at = (ts: number, name: string, tdur?: number, tid = 1): TraceEvent => ({
  name,
  pid: 7,
  tid,
  ts,
  ...(tdur === undefined ? {} : { tdur }),
});

describe('processor times of drawings', () => {
  it('are those of all callbacks of a frame, of frames in which another one than the counter called', () => {
    const events = [
      at(10, 'FireAnimationFrame', 20),
      at(90, 'PrePaint', 900),
      // A trace is not in order.
      at(140, 'FireAnimationFrame', 4000),
      at(110, 'FireAnimationFrame', 30),
      at(150, 'Layout', 700),
      at(190, 'PrePaint'),
      at(210, 'FireAnimationFrame', 10),
      at(220, 'FireAnimationFrame', 490),
      at(290, 'PrePaint'),
      at(120, 'FireAnimationFrame', 9000, 2),
      at(125, 'FireAnimationFrame', 9000, 2),
      at(130, 'PrePaint', 0, 2),
    ];
    expect(drawTimes(events)).toEqual([4.03, 0.5]);
  });

  it('are none where the system tells no processor times', () => {
    expect(drawTimes([at(1, 'FireAnimationFrame'), at(2, 'FireAnimationFrame', 5), at(3, 'PrePaint')])).toEqual([]);
    expect(drawTimes([])).toEqual([]);
  });
});
