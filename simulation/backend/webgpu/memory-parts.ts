// WGSL of what neurons remember for learning rules: traces of spikes and averages, after all synapses have read them. Simulation process.
import { arithmeticPart } from './arithmetic-part.ts';
import { momentPart } from './shader-parts.ts';

/** The name of a trace's place in a plan, and its value; needs `memories` and `tables`. */
export const tracePart = `
// Values of all neurons, then the steps of their last spikes.
struct Trace {
  start: u32,
  neurons: u32,
  factorsStart: u32,
  factors: u32,
}

// As simulation/learning/traces.ts: the trace in a step, before a spike of this step is added.
fn traceAt(trace: Trace, neuron: u32) -> i32 {
  let value = memories[trace.start + neuron];
  let age = moment.step - bitcast<u32>(memories[trace.start + trace.neurons + neuron]);
  let factor = select(0, tables[trace.factorsStart + min(age, trace.factors - 1u)], age < trace.factors);
  let decayed = (value >> 15u) * factor + (((value & 0x7fff) * factor) >> 15u);
  return select(decayed, value, age == 0u);
}
`;

/** Adds the spikes of a step to all traces of all projections: workgroups (x, trace). */
export const traceShader = `${momentPart}
struct GrowingTrace {
  trace: Trace,
  // First word of the neurons in a slot, and how old their spikes are.
  firstWord: u32,
  delaySteps: u32,
  // Counter in a step, and what the first neuron is called there: the lowest name of a full trace is told, by how much it is below 2^32 - 1.
  saturatedAt: u32,
  firstName: u32,
}
@group(1) @binding(0) var<storage, read> growing: array<GrowingTrace>;
@group(1) @binding(1) var<storage, read> spikes: array<u32>;
@group(1) @binding(2) var<storage, read_write> memories: array<i32>;
@group(1) @binding(3) var<storage, read> tables: array<i32>;
@group(1) @binding(4) var<storage, read_write> counters: array<atomic<u32>>;
override traceUnit: i32;
override stateMax: i32;
${tracePart}
@compute @workgroup_size(workgroupSize)
fn grow(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let each = growing[id.y];
  let slot = slotOf(moment.step - each.delaySteps) + each.firstWord;
  for (var neuron = id.x; neuron < each.trace.neurons; neuron += groups.x * workgroupSize) {
    if (spikes[slot + (neuron >> 5u)] & (1u << (neuron & 31u))) == 0u { continue; }
    let value = traceAt(each.trace, neuron) + traceUnit;
    memories[each.trace.start + neuron] = min(value, stateMax);
    memories[each.trace.start + each.trace.neurons + neuron] = bitcast<i32>(moment.step);
    if value > stateMax { atomicMax(&counters[moment.firstCounter + each.saturatedAt], 0xffffffffu - each.firstName - neuron); }
  }
}
`;

/** Moves all averages of all projections by a step, as simulation/backend/typescript/value-averages.ts: workgroups (x, average). */
export const averageShader = `${momentPart}
struct Average {
  start: u32,
  neurons: u32,
  // Of potentials (1) or of spikes (0).
  ofPotential: u32,
  // First potential among the states, or first word of the neurons in a slot.
  valuesStart: u32,
  // How old the spikes are.
  delaySteps: u32,
  low: i32,
  high: i32,
  shiftLeft: u32,
  factor: i32,
  shift: u32,
}
@group(1) @binding(0) var<storage, read> averages: array<Average>;
@group(1) @binding(1) var<storage, read> spikes: array<u32>;
@group(1) @binding(2) var<storage, read_write> memories: array<i32>;
@group(1) @binding(3) var<storage, read> states: array<i32>;
${arithmeticPart}
fn valueOf(each: Average, neuron: u32) -> i32 {
  if each.ofPotential == 1u { return states[each.valuesStart + neuron]; }
  let word = spikes[slotOf(moment.step - each.delaySteps) + each.valuesStart + (neuron >> 5u)];
  return i32((word >> (neuron & 31u)) & 1u);
}

@compute @workgroup_size(workgroupSize)
fn average(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let each = averages[id.y];
  for (var neuron = id.x; neuron < each.neurons; neuron += groups.x * workgroupSize) {
    let now = min(each.high, max(each.low, valueOf(each, neuron)));
    let mean = memories[each.start + neuron];
    memories[each.start + neuron] = mean + multiply((now << each.shiftLeft) - mean, each.factor, each.shift);
  }
}
`;
