// Writes the shader with which one event of a learning rule changes synapses; simulation process.
import type { CompiledRule } from '../../learning/compile-rule.ts';
import { type Block, type ProgramEvent, programEvents } from '../../../common/learning-rule/program/program.ts';
import { arithmeticPart } from './arithmetic-part.ts';
import { blockText, countBeyondText, tableName } from './block-text.ts';
import { boundedResults } from './bounded-results.ts';
import { tracePart } from './memory-parts.ts';
import { synapsePart } from './shader-parts.ts';

const rulePart = `${synapsePart}
@group(1) @binding(6) var<storage, read> tables: array<i32>;
@group(1) @binding(7) var<storage, read_write> counters: array<atomic<u32>>;
@group(1) @binding(8) var<storage, read> states: array<i32>;
${tracePart}${arithmeticPart}${countBeyondText}
fn look(start: u32, above: i32, most: i32, shift: u32) -> i32 {
  let distance = min(max(above, 0), most);
  let piece = start + u32(distance >> shift);
  let value = tables[piece];
  return value + multiply(tables[piece + 1u] - value, distance & ((1 << shift) - 1), shift);
}
`;

/** A workgroup takes 32 neurons at a time, its invocations share the synapses of each that spikes. */
const ofSpikes = (neurons: string, word: string, neuron: string, synapse: string) => `
  for (var word = group.x; 32u * word < plan.route.${neurons}; word += groups.x) {
    var spikes = ${word}(plan.route, word, 0u);
    while spikes != 0u {
      let ${neuron} = 32u * word + countTrailingZeros(spikes);
      spikes &= spikes - 1u;
      let first = rows[${neuron}];
      for (var entry = first + local.x; entry < rows[${neuron} + 1u]; entry += workgroupSize) {
${synapse}
        learn(sender, receiver, synapse, entry, first);
      }
    }
  }`;

/** For each event how its synapses are found; deliveries come before the change of the same step. */
const loops: Readonly<Record<ProgramEvent, string>> = {
  arrival: `
  let firstReceived = receivedAfter(plan.route, 0u);${ofSpikes(
    'senders',
    'arrivedWord',
    'sender',
    `        let synapse = entry;
        let receiver = rows[plan.route.senders + 1u + synapse];
        deliver(plan.route, firstReceived + receiver, weights[synapse], partAt(plan.route, sender, 0u));
        if !learns { continue; }`,
  )}`,
  firing: ofSpikes(
    'receivers',
    'firedWord',
    'receiver',
    `        let synapse = rows[plan.route.receivers + 1u + entry];
        let sender = rows[plan.route.receivers + 1u + plan.route.synapses + entry];`,
  ),
  step: `
  for (var entry = group.x * workgroupSize + local.x; entry < plan.route.synapses; entry += groups.x * workgroupSize) {
    let receiver = rows[plan.route.senders + 1u + entry];
    let sender = rows[plan.route.senders + 1u + plan.route.synapses + entry];
    learn(sender, receiver, entry, entry, rows[sender]);
  }`,
};

/** @returns the shader of an event that the rule knows; rules with the same program have the same. */
export function ruleShader(rule: CompiledRule, event: ProgramEvent): string {
  const block = rule.blocks[event]!;
  const isBefore = (other: ProgramEvent) => programEvents.indexOf(other) < programEvents.indexOf(event);
  const faultsBefore = boundedResults(rule).filter((result) => isBefore(result.event)).length;
  return `${rulePart}
${planOf(rule, block)}
${blockText(rule, block, faultsBefore)}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  // Not while it is frozen; spikes arrive all the same.
  let learns = tables[plan.route.gateAt] != 0;
${event === 'arrival' ? '' : '  if !learns { return; }\n'}${loops[event]}
}
`;
}

/** The words of a plan behind its route, as `rulePlan` writes them. */
function planOf({ traceTimeConstants, averages, factors }: CompiledRule, { tables }: Block): string {
  const onSides = (of: Readonly<Record<'sender' | 'receiver', readonly unknown[]>>, what: string, type: string) =>
    (['sender', 'receiver'] as const).flatMap((side) => of[side].map((_, index) => `${side}${what}${index}: ${type},`));
  const fields = [
    'route: Route,',
    ...onSides(traceTimeConstants, 'Trace', 'Trace'),
    ...onSides(averages, 'Average', 'u32'),
    ...factors.map((_, index) => `factor${index}: u32,`),
    ...tables.map((_, index) => `${tableName(index)}: u32,`),
  ];
  return `struct Plan {
${fields.map((field) => `  ${field}`).join('\n')}
}
@group(1) @binding(0) var<uniform> plan: Plan;`;
}
