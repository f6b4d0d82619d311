// Serial stimulators as a program meets them: serialport, the kernel's terminal, and a peer that behaves as the firmware does.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../common/base/clock.ts';
import { PulsePal } from '../../main/rig/hardware/serial/pulse-pal.ts';
import { loadSerialPorts } from '../../main/rig/hardware/serial/load-serial-ports.ts';
import { SerialError } from '../../main/rig/hardware/serial/serial-error.ts';
import { SerialStimulator } from '../../main/rig/hardware/serial/serial-stimulator.ts';
import { StimJim } from '../../main/rig/hardware/serial/stimjim.ts';
import { VirtualPulsePal } from '../../main/virtual-rig/serial/virtual-pulse-pal.ts';
import { VirtualStimJim } from '../../main/virtual-rig/serial/virtual-stimjim.ts';
import { buildPseudoTerminal, PseudoTerminal } from '../support/pseudo-terminal.ts';

const folder = mkdtempSync(join(tmpdir(), 'exocortex-serial-'));
const built = buildPseudoTerminal(folder);
if ('reason' in built) console.warn(`Serial stimulators are not tested over a pseudo-terminal: ${built.reason}.`);
const program = 'path' in built ? built.path : '';
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const terminals: PseudoTerminal[] = [];
afterEach(async () => {
  for (const terminal of terminals) terminal.dispose();
  for (const terminal of terminals.splice(0)) await terminal.ended;
});

const makes = {
  'Pulse Pal': () => ({ device: new VirtualPulsePal(), protocol: new PulsePal({ microampsPerVolt: 1000 }) }),
  StimJim: () => ({
    device: new VirtualStimJim((milliseconds, then) => void setTimeout(then, milliseconds)),
    protocol: new StimJim(),
  }),
};

async function plugged(make: keyof typeof makes) {
  const { device, protocol } = makes[make]();
  const terminal = await PseudoTerminal.start(program, device);
  terminals.push(terminal);
  const ports = await loadSerialPorts();
  if ('unsupported' in ports) throw new Error(ports.unsupported);
  const clock = new FakeClock();
  const open = () => SerialStimulator.open({ ports, path: terminal.path, protocol, deadMan: { isHeld: true }, clock });
  return { device, terminal, clock, open };
}

describe.runIf('path' in built).each(Object.keys(makes) as (keyof typeof makes)[])('%s on a terminal', (make) => {
  const pulse = {
    channel: 2,
    leadingPhase: 'cathodic',
    amplitudeMicroamps: 50,
    phaseMicroseconds: 200,
    interphaseMicroseconds: 100,
  } as const;

  it('is prepared, read back, fired and stopped', async () => {
    const { device, clock, open } = await plugged(make);
    const stimulator = await open();
    for (let pulses = 0; pulses < 3; pulses++) {
      clock.advanceMilliseconds(1000);
      expect(await stimulator.prepare(pulse)).toMatchObject({ channel: 2 });
      expect(await stimulator.fire(2, Infinity)).toHaveProperty('measuredMicroamps');
    }
    expect(device.played).toHaveLength(3);
    stimulator.stop();
    expect(await stimulator.ended).toMatchObject({ code: 'stopped' });
    await expect(stimulator.fire(2, Infinity)).rejects.toThrow(SerialError);
  });

  it('is opened by one at a time, and again after it was closed', async () => {
    const { open } = await plugged(make);
    const first = await open();
    await expect(open()).rejects.toMatchObject({ fault: { code: 'open-failed' } });
    first.dispose();
    await first.closed;
    (await open()).dispose();
  });

  it('ends with a fault when its plug is pulled', async () => {
    const { terminal, open } = await plugged(make);
    const stimulator = await open();
    terminal.dispose();
    await terminal.ended;
    // Where the system was just being asked for bytes, serialport does not see it, and the next question tells.
    await expect(stimulator.prepare(pulse)).rejects.toBeInstanceOf(SerialError);
    expect(['unplugged', 'write-failed']).toContain((await stimulator.ended).code);
    await stimulator.closed;
  });
});
