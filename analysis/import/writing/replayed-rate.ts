// The rate at which an imported recording is replayed; analysis process.

/** Crystals differ by less; what differs by more is another rate. */
const roundedMax = 200e-6;
/** Experiments take ticks of whole samples. */
const wholeHz = 1000;

/** @returns the whole kHz that a measured rate means, with a note; any other rate as it is. */
export function replayedRate(sampleRateHz: number): { sampleRateHz: number; note: string | undefined } {
  const whole = Math.round(sampleRateHz / wholeHz) * wholeHz;
  const difference = whole / sampleRateHz - 1;
  if (difference === 0) return { sampleRateHz, note: undefined };
  if (whole === 0 || Math.abs(difference) > roundedMax)
    return {
      sampleRateHz,
      note: `${sampleRateHz} Hz is no whole number of samples in a millisecond: choose a tick that holds whole samples.`,
    };
  return {
    sampleRateHz: whole,
    note: `The original's rate is ${sampleRateHz} Hz; it is replayed at ${whole} Hz, ${(Math.abs(difference) * 1e6).toFixed(1)} millionths ${difference > 0 ? 'faster' : 'slower'}.`,
  };
}
