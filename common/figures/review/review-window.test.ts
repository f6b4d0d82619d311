import { describe, expect, it } from 'vitest';
import { ReviewWindow } from './review-window.ts';

const rate = 10_000;
const shown = ({ fromSample, toSample }: ReviewWindow) => [fromSample, toSample].map(Math.round);

describe('the window on a session', () => {
  it('shows all at first, and zooms so that what is under the pointer stays there', () => {
    const window = new ReviewWindow(rate, 100_000);
    expect(shown(window)).toEqual([0, 100_000]);
    window.zoom(0.5, 0.25);
    expect(shown(window)).toEqual([12_500, 62_500]);
    window.zoom(2, 0.25);
    expect(shown(window)).toEqual([0, 100_000]);
  });

  it('goes neither beyond the session nor below some milliseconds', () => {
    const window = new ReviewWindow(rate, 100_000);
    window.zoom(1e-9, 0.5);
    expect(window.samples).toBe(40);
    window.pan(1e9);
    expect(shown(window)).toEqual([99_960, 100_000]);
    window.pan(-1e9);
    expect(window.fromSample).toBe(0);
    window.zoom(1e9, 0.5);
    expect(window.isWhole).toBe(true);
  });

  it('goes on being over all of a session that grows, else stays where it is', () => {
    const window = new ReviewWindow(rate, 1000);
    window.grow(5000);
    expect(shown(window)).toEqual([0, 5000]);
    window.show(3000, 2000);
    window.grow(9000);
    expect(shown(window)).toEqual([2000, 3000]);
    window.showEnd();
    expect(shown(window)).toEqual([8000, 9000]);
  });

  it('tells each change', () => {
    const window = new ReviewWindow(rate, 1000);
    let told = 0;
    window.onChange(() => told++).dispose();
    window.onChange(() => told++);
    window.centre(500);
    window.showAll();
    expect(told).toBe(2);
  });
});
