// Written by `npx vitest run simulation/kernel -u`: synapses that tire and recover, as in simulation/learning/short-term.ts. Simulation process.

export const shortTermPart = `
fn product24(a: i32, b: i32) -> i32 {
  let t0: i32 = (a >> u32(12));
  let t1: i32 = (b >> u32(12));
  let t2: i32 = (b & 4095);
  let t3: i32 = (a & 4095);
  return ((t0 * t1) + (((((t0 * t2) + (t3 * t1)) + ((t3 * t2) >> u32(12))) + 2048) >> u32(12)));
}
fn facilitated(before: i32, factor: i32, utilisation: i32) -> i32 {
  let t0: i32 = product24(before, factor);
  return ((utilisation + t0) - product24(t0, utilisation));
}
fn recovered(resources: i32, used: i32, factor: i32) -> i32 {
  return ((product24((((resources * i32(-1)) + 16777216) + product24(resources, used)), factor) * i32(-1)) + 16777216);
}
fn efficacy(utilisation: i32, resources: i32) -> i32 {
  return (product24(utilisation, resources) >> u32(9));
}
fn share(value: i32, mantissa: i32, shift: i32) -> i32 {
  return ((((((value >> u32(14)) * mantissa) + (((value & 16383) * mantissa) >> u32(14))) >> u32((shift - 1))) + 1) >> u32(1));
}
fn partOf(weight: i32, part: i32) -> i32 {
  return share(weight, part, 1);
}
`;
