// Which vector instructions the native back end uses here, as far as the addon and the system say; bench program of the simulation.
import { readFileSync } from 'node:fs';

/** Newest first: the symbol that a kernel made for it has, and what the processor must have. */
const levels = [
  {
    name: 'x86-64-v4 (AVX-512)',
    symbol: 'arch_x86_64_v4',
    flags: ['avx512f', 'avx512bw', 'avx512cd', 'avx512dq', 'avx512vl'],
  },
  { name: 'x86-64-v3 (AVX2)', symbol: 'arch_x86_64_v3', flags: ['avx2', 'bmi2', 'fma'] },
] as const;

/**
 * @param addon bytes of the addon
 * @param cpuinfo what Linux says of the processor
 * @returns undefined where it cannot be known
 */
export function instructionSetOf(addon: Buffer, cpuinfo: string): string | undefined {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]?.trim().split(' '));
  return levels.find((level) => addon.includes(level.symbol) && level.flags.every((flag) => flags.has(flag)))?.name;
}

/** @param addonPath of the loaded addon */
export function instructionSet(addonPath: string): string | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return instructionSetOf(readFileSync(addonPath), readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return undefined;
  }
}
