// The spiking network with the smooth function whose slope the surrogate is instead of spikes: gradients can be measured in it; analysis process.
import { SpikingActivity } from '../../time/spiking-activity.ts';
import type { SpikingNetwork, SpikingSettings } from '../../time/spiking-network.ts';

/** From 0 to γ dt: the integral of the triangle γ dt / v₀ · (1 − |d| / v₀). */
export function smoothSpike(above: number, { surrogateGain, surrogateWidth, dtMilliseconds }: SpikingSettings): number {
  const height = surrogateGain * dtMilliseconds;
  const d = Math.max(-1, Math.min(1, above / surrogateWidth));
  return d < 0 ? (height * (1 + d) ** 2) / 2 : height * (1 - (1 - d) ** 2 / 2);
}

/** Written from the equations, sharing no loop with the network that is checked. @param inputs steps × inputs */
export function runSmooth({ settings, synapses, readout }: SpikingNetwork, inputs: Float64Array): SpikingActivity {
  const { neurons, outputs, dtMilliseconds: dt } = settings;
  const steps = inputs.length / settings.inputs;
  const z = new Float64Array(steps * neurons);
  const activity = new SpikingActivity(steps, neurons, outputs, false, z);
  const v = new Float64Array(neurons);
  const a = new Float64Array(neurons);
  const y = new Float64Array(outputs);
  const [alpha, rho, kappa] = [
    settings.membraneMilliseconds,
    settings.adaptationMilliseconds,
    settings.readoutMilliseconds,
  ].map((timeConstant) => Math.exp(-dt / timeConstant)) as [number, number, number];
  const before = (step: number, neuron: number) => (step === 0 ? 0 : z[(step - 1) * neurons + neuron]!);
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < neurons; i++) {
      let drive = alpha * v[i]! - settings.threshold * before(step, i);
      for (let k = 0; k < settings.inputs; k++) drive += synapses.row(k)[i]! * inputs[step * settings.inputs + k]!;
      for (let j = 0; j < neurons; j++) drive += synapses.row(settings.inputs + j)[i]! * before(step, j);
      v[i] = drive;
      if (i >= neurons - settings.adaptive) a[i] = rho * a[i]! + before(step, i);
    }
    for (let i = 0; i < neurons; i++) {
      const above = v[i]! - settings.threshold - settings.thresholdJump * a[i]!;
      z[step * neurons + i] = smoothSpike(above, settings);
      const triangle = Math.max(0, 1 - Math.abs(above) / settings.surrogateWidth);
      activity.slopes[step * neurons + i] = (settings.surrogateGain * dt * triangle) / settings.surrogateWidth;
    }
    for (let k = 0; k < outputs; k++) {
      let sum = 0;
      for (let i = 0; i < neurons; i++) sum += readout.row(k)[i]! * z[step * neurons + i]!;
      y[k] = kappa * y[k]! + ((1 - kappa) * sum) / dt;
      activity.outputs[step * outputs + k] = y[k]!;
    }
  }
  return activity;
}
