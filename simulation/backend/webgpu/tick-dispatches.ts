// The dispatches of a tick in their order, made once for a network: each tick is the same; simulation process.
import type { Moments } from './moments.ts';
import type { NetworkPasses } from './network-passes.ts';
import type { Phase } from './tick-phases.ts';

export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  /** Of the moment and of the shader. */
  readonly groups: readonly [GPUBindGroup, GPUBindGroup];
  readonly workgroupsX: number;
  readonly workgroupsY: number;
}

/** @param groups of the moments of the phases */
export function dispatchesOf(
  phases: readonly Phase[],
  { advance, arrive, survey }: Pick<NetworkPasses, 'advance' | 'arrive' | 'survey'>,
  { groups }: Pick<Moments, 'groups'>,
): Dispatch[] {
  const ofPhases = phases.flatMap(({ kind, steps }, index) =>
    (kind === 'advance' ? advance : arrive).map((pass) => dispatchOf(pass, groups[index]!, steps)),
  );
  return [...ofPhases, ...survey.map((pass) => dispatchOf(pass, groups[0]!, 1))];
}

/** @param steps of the phase */
export function dispatchOf(pass: NetworkPasses['advance'][number], moment: GPUBindGroup, steps: number): Dispatch {
  const { pipeline, group, workgroupsX, workgroupsY } = pass;
  return { pipeline, groups: [moment, group], workgroupsX, workgroupsY: workgroupsY === 'steps' ? steps : workgroupsY };
}

export function encode(pass: GPUComputePassEncoder, { pipeline, groups, workgroupsX, workgroupsY }: Dispatch): void {
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, groups[0]);
  pass.setBindGroup(1, groups[1]);
  pass.dispatchWorkgroups(workgroupsX, workgroupsY);
}
