// What the virtual device answers to SELF_TEST: itself and its body as it measures it now; runs in the virtual rig.
import type { DeviceIdentity } from '../../common/device-protocol/device-identity.ts';
import type { SelfTestReport } from '../../common/device-protocol/self-test-report.ts';
import type { DeviceCondition } from './device-condition.ts';

export function selfTestReport(
  { serial, firmware, bootNumber, limits }: DeviceIdentity,
  { isSafetyDisabled, amplitudeStepNanoamps, impedancesOhms, temperatureDecidegrees }: DeviceCondition,
): SelfTestReport {
  return {
    serial,
    firmware,
    bootNumber,
    limits,
    isSafetyDisabled,
    amplitudeStepNanoamps,
    impedancesOhms: [...impedancesOhms],
    temperatureDecidegrees,
    isEmergencyStopWired: true,
  };
}
