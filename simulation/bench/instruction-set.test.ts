import { expect, it } from 'vitest';
import { instructionSetOf } from './instruction-set.ts';

const addon = Buffer.from('stepLif.arch_x86_64_v3\0stepLif.arch_x86_64_v4\0');
const cpuinfo = (flags: string) => `processor\t: 0\nflags\t\t: ${flags}\n`;

it('names the newest instructions that both the addon and the processor have', () => {
  const all = 'fpu avx2 bmi2 fma avx512f avx512bw avx512cd avx512dq avx512vl';
  expect(instructionSetOf(addon, cpuinfo(all))).toBe('x86-64-v4 (AVX-512)');
  expect(instructionSetOf(addon, cpuinfo('avx2 bmi2 fma avx512f'))).toBe('x86-64-v3 (AVX2)');
  expect(instructionSetOf(addon, cpuinfo('fpu'))).toBeUndefined();
  expect(instructionSetOf(Buffer.from('stepLif'), cpuinfo(all))).toBeUndefined();
});
