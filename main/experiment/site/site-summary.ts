// A site's limits as a person reads them before signing: in physical quantities, with what differs from the defaults; used by the main process.
import { combineLimits } from '../../../common/limits/combine-limits.ts';
import { fileLayer } from '../../../common/limits/file-layer.ts';
import type { ElectrodeInForce, LimitsInForce } from '../../../common/limits/limits-in-force.ts';
import { shortTrainElectrodes } from '../../../common/limits/limits-of.ts';
import { profileTitles } from '../../../common/limits/profile-name.ts';
import type { SiteLimits } from '../../../common/limits/site-file.ts';
import { chargeRules } from '../charge-rules.ts';
import { electrodeSpans } from '../electrode-spans.ts';
import { loosenings, type SiteGroup } from './compare-limits.ts';

/** What the file allows by itself: no device and no experiment tightens it. */
export function siteLimitsInForce(limits: SiteLimits): LimitsInForce {
  return combineLimits({
    profile: limits.profile,
    name: limits.name,
    site: fileLayer(limits),
    shortTrainElectrodes: shortTrainElectrodes(limits),
    layers: [],
    pitchMicrometres: limits.pitchMicrometres,
    gridColumns: 1,
  });
}

/** Four digits are more than any charge is known to. */
const plain = (value: number) => String(Number(value.toPrecision(4)));

/** `up to 2.121 nC in each phase: 3 nC, 70.7 nC (1000 µC/cm² on 707 µm²), …`, the bound first. */
export function chargeWords(own: ElectrodeInForce): string {
  const rules = chargeRules(own).map(({ femtocoulombs, words }) => `${plain(femtocoulombs / 1e6)} nC${words}`);
  return `up to ${plain(chargeRules(own)[0]!.femtocoulombs / 1e6)} nC in each phase, the least of ${rules.join(', ')}`;
}

function groupWords(group: SiteGroup, index: number, { electrodes }: LimitsInForce): string[] {
  const own = electrodes.get(group.electrodes[0]!)!;
  const { limits } = own;
  const extension = group.shortTrainExtension === true ? ', short-train extension' : '';
  return [
    `Group ${index + 1}: electrodes ${electrodeSpans(group.electrodes)}, ${group.material}, ${group.areaSquareMicrometres} µm² each${extension}`,
    `  up to ${limits.amplitudeMaxNanoamps / 1000} µA, phases of ${limits.phaseMinMicroseconds} to ${limits.phaseMaxMicroseconds} µs, gap up to ${limits.interphaseMaxMicroseconds} µs`,
    `  ${chargeWords(own)}`,
    `  up to ${limits.rateMaxMillihertz / 1000} Hz in trains of ${limits.trainMaxMilliseconds / 1000} s at most, on for ${limits.onTimeMaxPermille / 10} % of any minute, ${limits.pulsesPerDayMax} pulses a day`,
  ];
}

/** One entry for each line. */
export function siteSummary(limits: SiteLimits): string[] {
  const { name, version, probeSerial, profile, author, reason, notAfter } = limits;
  const inForce = siteLimitsInForce(limits);
  const { total } = inForce;
  const looser = loosenings(limits);
  return [
    `Version ${version} of ${name}, for ${profileTitles[profile]}, probe ${probeSerial}`,
    `By ${author}, until the end of ${notAfter} (UTC). Reason: ${reason}`,
    ...limits.electrodeGroups.flatMap((group, index) => groupWords(group, index, inForce)),
    `All electrodes: up to ${total.simultaneousElectrodesMax} at once with ${total.currentMaxNanoamps / 1000} µA together, ${total.rateMaxMillihertz / 1000} Hz, ${total.pulsesPerSessionMax} pulses a session`,
    looser.length === 0 ? 'Nothing is looser than the defaults' : `Looser than the defaults: ${looser.join('; ')}`,
  ];
}
