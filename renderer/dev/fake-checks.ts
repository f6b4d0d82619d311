// Devices, impedances and the loop-back test of the imitated core. Page's development only.
import type { DeviceListing } from '../../common/contract/devices.ts';
import { type HealthReading, type RigHealthStatus } from '../../common/contract/rig-health.ts';
import type { CommandHandlers } from '../../common/transport/rpc.ts';

const listing: DeviceListing = {
  devices: [
    {
      kind: 'virtual-rig',
      name: 'Virtual rig with tissue or a recording in it',
      path: '',
      capability: 'L3',
      condition: 'ready',
      problems: [],
    },
    {
      kind: 'hid-rig',
      name: 'Exocortex HID rig 64',
      path: '0003:0002:00',
      serialNumber: 'A17',
      vendorId: 0x16c0,
      productId: 0x0486,
      capability: 'L3',
      condition: 'unusable',
      problems: [
        {
          what: 'This user has no right to open 0003:0002:00.',
          toDo: 'Copy /opt/exocortex/resources/udev/60-exocortex.rules to /etc/udev/rules.d/ as the administrator, run "udevadm control --reload", and plug the device in again.',
        },
      ],
    },
  ],
  faults: [
    {
      kind: 'serial-stimulator',
      code: 'enumeration-stalled',
      message:
        'The system has not listed the serial ports in 5 s; it is still being waited for, and nothing else waits.',
      toDo: 'Look again in ten seconds.',
    },
  ],
};

const readings: HealthReading[] = [
  { measure: 'sample-rate', value: 30_000.4, bound: 30, stated: 30_000 },
  { measure: 'lost-samples', value: 0, bound: 0.1 },
  { measure: 'arrival-jitter', value: 12.4, bound: 10 },
  { measure: 'device-lag', value: 0.6, bound: 10 },
  { measure: 'clock-offset', value: -812.3 },
  { measure: 'clock-drift', absent: 'soon', bound: 500 },
  { measure: 'clock-residual', absent: 'soon', bound: 5 },
  { measure: 'lease', absent: 'off', bound: 25 },
  { measure: 'temperature', value: 31.5, bound: 45 },
  { measure: 'damaged-messages', value: 0, bound: 0 },
];

export const fakeHealth: RigHealthStatus = {
  device: {
    description: 'virtual rig, 64 electrodes, seed 42',
    serial: 'virtual-42',
    firmware: '1.0.0',
    limits: {
      amplitudeMaxMicroamps: 100,
      chargePerPhaseMaxNanocoulombs: 20,
      rateMaxHz: 500,
      leaseMaxMilliseconds: 500,
    },
  },
  readings,
  found: ['arrival-jitter'],
};

/** One electrode of each judgement among good ones. */
const wrongOhms: Record<number, number> = { 3: 900, 12: 4.2e6, 20: 18e6 };

export function fakeChecks(): Pick<
  CommandHandlers,
  'devices.list' | 'source.measureImpedances' | 'rig.measureImpedances' | 'rig.testLoopBack'
> {
  return {
    'devices.list': () => ({ answer: listing }),
    'source.measureImpedances': () => ({
      refusal: {
        code: 'not-now',
        what: 'this source does not measure its electrodes by itself',
        cure: 'Its stimulator measures them when it is armed.',
      },
    }),
    'rig.measureImpedances': () => ({
      answer: {
        frequencyHz: 1000,
        electrodes: Array.from({ length: 64 }, (_, electrode) => ({
          electrode,
          channel: `E${electrode}`,
          ohms: wrongOhms[electrode] ?? 40_000 * 1.02 ** ((electrode * 37) % 64),
          minOhms: 5000,
          maxOhms: 3e6,
        })),
      },
    }),
    'rig.testLoopBack': ({ electrode, pulses }) => ({
      answer: {
        electrode,
        sent: pulses,
        milliseconds: Array.from(
          { length: pulses },
          (_, pulse) => 0.5 + ((pulse * 13) % 17) / 20 + (pulse === 7 ? 6 : 0),
        ),
        unanswered: 0,
        refused: {},
        limitMilliseconds: 5,
      },
    }),
  };
}
