// The first eight bytes of the hash of the limits in force, as commands and acknowledgements carry it; used in every process that meets a device.

/** Two big-endian halves. */
export interface LimitsHash {
  readonly high: number;
  readonly low: number;
}

/** @param hex SHA-256, at least 16 hexadecimal digits. */
export function limitsHashFromHex(hex: string): LimitsHash {
  return { high: Number.parseInt(hex.slice(0, 8), 16), low: Number.parseInt(hex.slice(8, 16), 16) };
}

/** @returns 16 hexadecimal digits. */
export function limitsHashToHex({ high, low }: LimitsHash): string {
  return [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
}

export function isSameLimits(a: LimitsHash, b: LimitsHash): boolean {
  return a.high === b.high && a.low === b.low;
}
