// How a membrane answers one exponential synaptic current; simulation process.

/** Potential a time after a current of 1 mV began to decay from rest. */
export function responseAt(milliseconds: number, membrane: number, synaptic: number): number {
  const difference = milliseconds / membrane - milliseconds / synaptic;
  const ratio = difference === 0 ? 1 : Math.expm1(difference) / difference;
  return (milliseconds / membrane) * Math.exp(-milliseconds / membrane) * ratio;
}

/** The highest of these potentials: r^(1/(1−r)) with r = τs/τm, which is 1/e for r = 1. */
export function peakResponse(membrane: number, synaptic: number): number {
  const excess = (synaptic - membrane) / membrane;
  return Math.exp(excess === 0 ? -1 : Math.log1p(excess) / -excess);
}
