// The file of impedances that an emulated RHX saves: made values that follow from the channel; runs in the virtual RHX and in tests.

const columns = [
  'Channel Number',
  'Channel Name',
  'Port',
  'Enabled',
  'Impedance Magnitude at 1000 Hz (ohms)',
  'Impedance Phase at 1000 Hz (degrees)',
  'Series RC equivalent R (Ohms)',
  'Series RC equivalent C (Farads)',
];

/** Ω at 1 kHz. @param index of the channel on its port */
export function madeOhms(index: number): number {
  return 100_000 + 1000 * index;
}

/** @param amplifiers channels of ports A, B, … */
export function impedanceFile(amplifiers: readonly number[]): string {
  const lines = amplifiers.flatMap((count, port) => {
    const letter = 'ABCDEFGH'[port]!;
    return Array.from({ length: count }, (_, index) => {
      const name = `${letter}-${String(index).padStart(3, '0')}`;
      const ohms = madeOhms(index)
        .toExponential(2)
        .replace(/e\+(\d)$/, 'e+0$1');
      return `${name},${name},Port ${letter},1,${ohms},-70,3.42e+04,1.69e-09`;
    });
  });
  return [columns.join(','), ...lines, ''].join('\n');
}
