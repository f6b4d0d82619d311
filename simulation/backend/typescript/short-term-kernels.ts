// Written by `npx vitest run simulation/kernel -u`: synapses that tire and recover, as in simulation/learning/short-term.ts. Simulation process.

export function product24(a: number, b: number): number {
  const t0 = a >> 12;
  const t1 = b >> 12;
  const t2 = b & 4095;
  const t3 = a & 4095;
  return (
    (Math.imul(t0, t1) +
      (((((((Math.imul(t0, t2) + Math.imul(t3, t1)) | 0) + (Math.imul(t3, t2) >> 12)) | 0) + 2048) | 0) >> 12)) |
    0
  );
}

export function facilitated(before: number, factor: number, utilisation: number): number {
  const t0 = product24(before, factor);
  return (((utilisation + t0) | 0) - product24(t0, utilisation)) | 0;
}

export function recovered(resources: number, used: number, factor: number): number {
  return (
    (Math.imul(product24((((Math.imul(resources, -1) + 16777216) | 0) + product24(resources, used)) | 0, factor), -1) +
      16777216) |
    0
  );
}

export function efficacy(utilisation: number, resources: number): number {
  return product24(utilisation, resources) >> 9;
}

export function share(value: number, mantissa: number, shift: number): number {
  return (
    (((((Math.imul(value >> 14, mantissa) + (Math.imul(value & 16383, mantissa) >> 14)) | 0) >> ((shift - 1) | 0)) +
      1) |
      0) >>
    1
  );
}

export function partOf(weight: number, part: number): number {
  return share(weight, part, 1);
}
