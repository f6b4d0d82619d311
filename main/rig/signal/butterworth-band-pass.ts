// Designs the causal band-pass in front of spike detection; runs once per session in the rig thread.
import { assert } from '../../../common/base/assert.ts';

/** Numbers per second-order section: b0, b1, b2, a1, a2, with a0 = 1. */
export const coefficientsPerSection = 5;

interface Complex {
  readonly re: number;
  readonly im: number;
}

/**
 * A digital Butterworth band-pass as a cascade of second-order sections: analogue prototype, low-pass to band-pass,
 * bilinear transform with both edges prewarped (Oppenheim & Schafer, Discrete-Time Signal Processing, chapter 7).
 * The cascade has the transfer function of `scipy.signal.butter(order, [low, high], 'bandpass', fs=rate, output='sos')`;
 * each section has one zero at 0 Hz and one at half the sample rate.
 * @param order of the prototype, 1 to 4; the band-pass has `order` sections and twice that many poles.
 * @param lowCutoffHz −3 dB, above 0.
 * @param highCutoffHz −3 dB, above `lowCutoffHz` and below half of `sampleRateHz`.
 * @returns section-major, sections × 5: b0, b1, b2, a1, a2. The poles nearest to the unit circle come last.
 */
export function designButterworthBandPass(
  order: number,
  lowCutoffHz: number,
  highCutoffHz: number,
  sampleRateHz: number,
): Float64Array {
  assert(Number.isInteger(order) && order >= 1 && order <= 4, 'the filter order is 1 to 4');
  assert(
    0 < lowCutoffHz && lowCutoffHz < highCutoffHz && highCutoffHz < sampleRateHz / 2,
    'the band lies below half the sample rate',
  );

  // The sample rate is 2 here, so that the bilinear transform is z = (4 + s) / (4 − s).
  const low = 4 * Math.tan((Math.PI * lowCutoffHz) / sampleRateHz);
  const high = 4 * Math.tan((Math.PI * highCutoffHz) / sampleRateHz);
  const bandwidth = high - low;

  const polePairs: (readonly [Complex, Complex])[] = [];
  for (let index = 0; 2 * index < order; index++) {
    const angle = (Math.PI * (order - 1 - 2 * index)) / (2 * order);
    const half = { re: (-Math.cos(angle) * bandwidth) / 2, im: (Math.sin(angle) * bandwidth) / 2 };
    const root = squareRoot({ re: half.re ** 2 - half.im ** 2 - low * high, im: 2 * half.re * half.im });
    const upper = { re: half.re + root.re, im: half.im + root.im };
    const lower = { re: half.re - root.re, im: half.im - root.im };
    if (angle === 0) polePairs.push([upper, lower]);
    else polePairs.push([upper, conjugate(upper)], [lower, conjugate(lower)]);
  }

  let gain = 1;
  const sections = polePairs.map(([first, second]) => {
    gain *= (bandwidth * 4) / product({ re: 4 - first.re, im: -first.im }, { re: 4 - second.re, im: -second.im }).re;
    const z1 = bilinear(first);
    const z2 = bilinear(second);
    return [1, 0, -1, -(z1.re + z2.re), product(z1, z2).re];
  });
  sections.sort((a, b) => (a[4] ?? 0) - (b[4] ?? 0));
  return Float64Array.from(sections.flat(), (coefficient, index) => (index < 3 ? coefficient * gain : coefficient));
}

function conjugate(value: Complex): Complex {
  return { re: value.re, im: -value.im };
}

function product(a: Complex, b: Complex): Complex {
  return { re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re };
}

function bilinear(pole: Complex): Complex {
  const scale = 1 / ((4 - pole.re) ** 2 + pole.im ** 2);
  return { re: (16 - pole.re ** 2 - pole.im ** 2) * scale, im: 8 * pole.im * scale };
}

/** The root with a non-negative real part. */
function squareRoot(value: Complex): Complex {
  const modulus = Math.hypot(value.re, value.im);
  const im = Math.sqrt((modulus - value.re) / 2);
  return { re: Math.sqrt((modulus + value.re) / 2), im: value.im < 0 ? -im : im };
}
