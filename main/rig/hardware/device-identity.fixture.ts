// What a stimulator says of itself when it is connected, and in its self-test.
import type { DeviceIdentity } from '../../../common/device-protocol/device-identity.ts';
import type { SelfTestReport } from '../../../common/device-protocol/self-test-report.ts';

/** Eight electrodes at 20 kHz, in real time; limits wider than those of the tests. */
export function deviceIdentity(change: Partial<DeviceIdentity> = {}): DeviceIdentity {
  return {
    kind: 'virtual',
    serial: 'probe-1',
    firmware: '2.1.0',
    description: 'Stimulator of the tests',
    channels: 8,
    sampleRateHz: 20_000,
    microvoltsPerBit: 0.2,
    samplesPerBlock: 20,
    canStimulate: true,
    limits: {
      amplitudeMaxNanoamps: 100_000,
      chargePerPhaseMaxFemtocoulombs: 20_000_000,
      phaseMaxMicroseconds: 1000,
      interphaseMaxMicroseconds: 200,
      rateMaxHz: 500,
      leaseMaxMilliseconds: 500,
      complianceMillivolts: 10_000,
      simultaneousElectrodesMax: 8,
      totalRateMaxHz: 2000,
    },
    electrodePitchMicrometres: 1000,
    pacing: 'real-time',
    bootNumber: 1,
    ...change,
  };
}

/** Of the same device, with 50 kΩ at every electrode. */
export function selfTestReport(change: Partial<SelfTestReport> = {}): SelfTestReport {
  const { serial, firmware, bootNumber, limits, channels } = deviceIdentity();
  return {
    serial,
    firmware,
    bootNumber,
    limits: { ...limits },
    isSafetyDisabled: false,
    amplitudeStepNanoamps: 10,
    impedancesOhms: Array.from({ length: channels }, () => 50_000),
    temperatureDecidegrees: 280,
    isEmergencyStopWired: true,
    ...change,
  };
}
