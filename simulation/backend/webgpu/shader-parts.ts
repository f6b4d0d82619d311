// WGSL of neurons and of spikes on their way; what a model says comes from step-kernels.ts. Simulation process.
//
// Spikes are bits: a ring of slots, one for each of the last steps, and in a slot a bit for each neuron, populations one after the other,
// each from a new word on. What neurons receive is a ring too, of slots for the steps that come. Shaders are told by their moment which steps
// they compute; all of a phase have the same.

import { shortTermPart } from './short-term-part.ts';

/** Before everything that is dispatched in a tick. */
export const momentPart = `
override workgroupSize: u32 = 64u;

struct Moment {
  // Number of the first step, modulo 2^32, and how many there are.
  step: u32,
  steps: u32,
  // First counter of the first step, and how many a step has.
  firstCounter: u32,
  stepCounters: u32,
  // Words of a slot of the ring of spikes, and its number of slots minus 1, which is a power of two minus 1.
  slotWords: u32,
  slotMask: u32,
  // Words of a slot of the ring of shares of spikes, which neurons of a mean rate send.
  shareWords: u32,
  // Of what neurons receive: the slot for the first step, how many there are, and words of one.
  receivedSlot: u32,
  receivedSlots: u32,
  receivedWords: u32,
  // Where the key of the first step lies among the tables: its part of all random numbers.
  firstKey: u32,
  // Slots of spikes that neurons empty for the steps that come.
  emptied: u32,
  // 1 while the ring of what neurons receive is filled again from a state.
  isFilledAgain: u32,
}
@group(0) @binding(0) var<uniform> moment: Moment;

fn slotOf(step: u32) -> u32 {
  return (step & moment.slotMask) * moment.slotWords;
}

// First word of what neurons receive for a step, which is so many after the first.
fn receivedSlot(ahead: u32) -> u32 {
  return ((moment.receivedSlot + ahead) % moment.receivedSlots) * moment.receivedWords;
}
`;

/** Before a step kernel. `ahead` counts the steps of the batch. */
export const stepPart = `${momentPart}
@group(1) @binding(1) var<storage, read_write> states: array<i32>;
@group(1) @binding(2) var<storage, read_write> received: array<i32>;
@group(1) @binding(3) var<storage, read_write> spikes: array<atomic<u32>>;
@group(1) @binding(4) var<storage, read_write> counters: array<atomic<u32>>;
@group(1) @binding(5) var<storage, read> tables: array<i32>;
@group(1) @binding(6) var<storage, read_write> shares: array<i32>;

fn stepKeyOf(ahead: u32) -> i32 {
  return tables[moment.firstKey + ahead];
}

fn send(index: u32, ahead: u32, share: i32) {
  shares[((moment.step + ahead) & moment.slotMask) * moment.shareWords + plan.sharesStart + index] = share;
}

// The first neuron of a word empties that word for the next batch.
fn emptyAhead(index: u32) {
  if (index & 31u) != 0u { return; }
  let word = plan.firstWord + (index >> 5u);
  for (var ahead = 0u; ahead < moment.emptied; ahead++) {
    atomicStore(&spikes[slotOf(moment.step + moment.steps + ahead) + word], 0u);
  }
}

// Sets the bit of a neuron that fires.
fn note(index: u32, ahead: u32) {
  atomicOr(&spikes[slotOf(moment.step + ahead) + plan.firstWord + (index >> 5u)], 1u << (index & 31u));
}

fn countSaturated(ahead: u32) {
  atomicAdd(&counters[moment.firstCounter + ahead * moment.stepCounters + plan.saturatedAt], 1u);
}
`;

const routePart = `
// How the spikes of one population reach another.
struct Route {
  senders: u32,
  receivers: u32,
  synapses: u32,
  delaySteps: u32,
  // First words of the populations in a slot.
  sendersWord: u32,
  receiversWord: u32,
  receivedStart: u32,
  // What a spike counts: whole, a part that its tired synapses leave, or nothing, where shares are sent.
  counting: u32,
  // Utilisation of all senders, then resources, steps of their last arrivals, and for each step the parts of the spikes that arrive.
  shortTermStart: u32,
  sharesStart: u32,
  // First counter in a step of results that are beyond their bounds.
  beyondAt: u32,
  // Membrane potentials of the receivers, among the states.
  potentialStart: u32,
  // Weights that learn are kept finer than they arrive, and as sizes.
  finerBits: u32,
  sign: i32,
  // Which of the tables' words, among the signals of the tick, is 0 while the projection is frozen.
  gateAt: u32,
}
const countsWhole = 0u;
const countsPart = 1u;

fn arriving(route: Route, weight: i32) -> i32 {
  return route.sign * (weight >> route.finerBits);
}
`;

/** Before what spikes do to the synapses of a neuron. */
export const synapsePart = `${momentPart}${routePart}${shortTermPart}
@group(1) @binding(1) var<storage, read> spikes: array<u32>;
@group(1) @binding(2) var<storage, read_write> weights: array<i32>;
// Rows: starts of all rows, then targets, and then senders where each synapse is changed in each step. For the firings of receivers columns:
// starts of all columns, then synapses, then senders.
@group(1) @binding(3) var<storage, read> rows: array<u32>;
@group(1) @binding(4) var<storage, read_write> received: array<atomic<i32>>;
@group(1) @binding(5) var<storage, read> memories: array<i32>;

fn partAt(route: Route, sender: u32, ahead: u32) -> i32 {
  return select(0, memories[route.shortTermStart + (3u + ahead) * route.senders + sender], route.counting == countsPart);
}

// Where the first receiver finds what arrives in a step: it acts in the one after.
fn receivedAfter(route: Route, ahead: u32) -> u32 {
  return receivedSlot(ahead + 1u) + route.receivedStart;
}

fn deliver(route: Route, at: u32, weight: i32, part: i32) {
  let whole = arriving(route, weight);
  atomicAdd(&received[at], select(partOf(whole, part), whole, route.counting == countsWhole));
}

// 32 senders whose spikes arrive.
fn arrivedWord(route: Route, word: u32, ahead: u32) -> u32 {
  return spikes[slotOf(moment.step + ahead - route.delaySteps) + route.sendersWord + word];
}

// 1 or 0.
fn arrivesFrom(route: Route, sender: u32) -> i32 {
  return i32((arrivedWord(route, sender >> 5u, 0u) >> (sender & 31u)) & 1u);
}

// 32 receivers that fire.
fn firedWord(route: Route, word: u32, ahead: u32) -> u32 {
  return spikes[slotOf(moment.step + ahead) + route.receiversWord + word];
}

// 1 or 0.
fn firesAt(route: Route, receiver: u32) -> i32 {
  return i32((firedWord(route, receiver >> 5u, 0u) >> (receiver & 31u)) & 1u);
}
`;

/** Delivers spikes as they arrive: workgroups (senders, step); one takes 32 senders at a time, its invocations share a row. */
export const deliverShader = `${synapsePart}
struct Plan {
  route: Route,
}
@group(1) @binding(0) var<uniform> plan: Plan;

@compute @workgroup_size(workgroupSize)
fn arrive(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let first = receivedAfter(plan.route, group.y);
  for (var word = group.x; 32u * word < plan.route.senders; word += groups.x) {
    var spikes = arrivedWord(plan.route, word, group.y);
    while spikes != 0u {
      let sender = 32u * word + countTrailingZeros(spikes);
      spikes &= spikes - 1u;
      let part = partAt(plan.route, sender, group.y);
      for (var synapse = rows[sender] + local.x; synapse < rows[sender + 1u]; synapse += workgroupSize) {
        deliver(plan.route, first + rows[plan.route.senders + 1u + synapse], weights[synapse], part);
      }
    }
  }
}
`;

/** Delivers the shares that neurons of a mean rate have sent, as they arrive: workgroups (sender, step). */
export const flowShader = `${momentPart}${routePart}${shortTermPart}
struct Plan {
  route: Route,
}
@group(1) @binding(0) var<uniform> plan: Plan;
@group(1) @binding(1) var<storage, read> shares: array<i32>;
@group(1) @binding(2) var<storage, read_write> weights: array<i32>;
@group(1) @binding(3) var<storage, read> rows: array<u32>;
@group(1) @binding(4) var<storage, read_write> received: array<atomic<i32>>;

@compute @workgroup_size(workgroupSize)
fn flow(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let slot = ((moment.step + group.y - plan.route.delaySteps) & moment.slotMask) * moment.shareWords + plan.route.sharesStart;
  let next = receivedSlot(group.y + 1u) + plan.route.receivedStart;
  for (var sender = group.x; sender < plan.route.senders; sender += groups.x) {
    let sent = shares[slot + sender];
    if sent == 0 { continue; }
    for (var synapse = rows[sender] + local.x; synapse < rows[sender + 1u]; synapse += workgroupSize) {
      let receiver = rows[plan.route.senders + 1u + synapse];
      atomicAdd(&received[next + receiver], partOf(arriving(plan.route, weights[synapse]), sent));
    }
  }
}
`;

/** Says what arriving spikes count, and tires their synapses, step after step: an invocation for each sender. */
export const tireShader = `${momentPart}${routePart}${shortTermPart}
struct Plan {
  route: Route,
  utilisation: i32,
  facilitationStart: u32,
  facilitationFactors: u32,
  recoveryStart: u32,
  recoveryFactors: u32,
}
@group(1) @binding(0) var<uniform> plan: Plan;
@group(1) @binding(1) var<storage, read> spikes: array<u32>;
@group(1) @binding(2) var<storage, read_write> memories: array<i32>;
@group(1) @binding(3) var<storage, read> tables: array<i32>;

fn factorOf(start: u32, factors: u32, age: u32) -> i32 {
  if age >= factors { return 0; }
  return tables[start + age];
}

@compute @workgroup_size(workgroupSize)
fn tire(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let senders = plan.route.senders;
  for (var sender = id.x; sender < senders; sender += groups.x * workgroupSize) {
    let at = plan.route.shortTermStart + sender;
    for (var ahead = 0u; ahead < moment.steps; ahead++) {
      let step = moment.step + ahead;
      let word = spikes[slotOf(step - plan.route.delaySteps) + plan.route.sendersWord + (sender >> 5u)];
      if (word & (1u << (sender & 31u))) == 0u { continue; }
      let age = step - bitcast<u32>(memories[at + 2u * senders]);
      let used = memories[at];
      let utilisation = facilitated(used, factorOf(plan.facilitationStart, plan.facilitationFactors, age), plan.utilisation);
      let resources = recovered(memories[at + senders], used, factorOf(plan.recoveryStart, plan.recoveryFactors, age));
      memories[at] = utilisation;
      memories[at + senders] = resources;
      memories[at + 2u * senders] = bitcast<i32>(step);
      memories[at + (3u + ahead) * senders] = efficacy(utilisation, resources);
    }
  }
}
`;

/** Adds what electrodes drive: how often each neuron, in an entry each. As often as that it takes the weight and is brought back to its bounds. */
export const driveShader = `${momentPart}
override bound: i32;

struct Plan {
  receivedStart: u32,
  weight: i32,
}
@group(1) @binding(0) var<uniform> plan: Plan;
@group(1) @binding(1) var<storage, read_write> received: array<i32>;
// Number of entries, then for each the neuron and how often, at least once.
@group(1) @binding(2) var<storage, read> driven: array<u32>;

@compute @workgroup_size(workgroupSize)
fn drive(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  for (var entry = id.x; entry < driven[0]; entry += groups.x * workgroupSize) {
    let at = receivedSlot(0u) + plan.receivedStart + driven[1u + 2u * entry];
    let first = clamp(received[at] + plan.weight, -bound, bound);
    let more = driven[2u + 2u * entry] - 1u;
    let room = select(bound + first, bound - first, plan.weight > 0);
    let isFull = plan.weight != 0 && more > u32(room / abs(plan.weight));
    received[at] = select(first + i32(more) * plan.weight, select(-bound, bound, plan.weight > 0), isFull);
  }
}
`;
