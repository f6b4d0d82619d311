// Numbers with units as the plots write them: SI prefixes, three significant digits, a true minus sign; used in the page and in reports.

/** Three significant digits without trailing noise: 0.421, 4.2, 83, 1,208. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const rounded = value === 0 ? 0 : Number(value.toPrecision(3));
  const text = Math.abs(rounded) >= 1_000 ? Math.round(value).toLocaleString('en') : String(rounded);
  return text.replace('-', '−');
}

/** @param microvolts from nV to V: "−83 µV", "1.2 mV". */
export function formatMicrovolts(microvolts: number): string {
  const size = Math.abs(microvolts);
  if (size >= 1e6) return `${formatNumber(microvolts / 1e6)} V`;
  if (size >= 1e3) return `${formatNumber(microvolts / 1e3)} mV`;
  return `${formatNumber(Math.round(microvolts * 10) / 10)} µV`;
}

/** A length of time: "350 µs", "50 ms", "1.5 s". */
export function formatSpan(seconds: number): string {
  const size = Math.abs(seconds);
  if (size < 1e-3) return `${formatNumber(seconds * 1e6)} µs`;
  if (size < 1) return `${formatNumber(seconds * 1e3)} ms`;
  return `${formatNumber(seconds)} s`;
}

/** A latency: "0.42 ms", "12.1 ms". */
export function formatMilliseconds(milliseconds: number): string {
  return `${formatNumber(milliseconds)} ms`;
}

/** A rate: "4.8 Hz", "1.2 kHz". */
export function formatHertz(hertz: number): string {
  return Math.abs(hertz) >= 1_000 ? `${formatNumber(hertz / 1_000)} kHz` : `${hertz.toFixed(1)} Hz`;
}

/** A point of stream time: "00:12:41.207". */
export function formatClock(seconds: number): string {
  const milliseconds = Math.max(0, Math.round(seconds * 1_000));
  const two = (value: number) => String(value).padStart(2, '0');
  const whole = Math.floor(milliseconds / 1_000);
  const clock = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60].map(two).join(':');
  return `${clock}.${String(milliseconds % 1_000).padStart(3, '0')}`;
}

/** A duration in words of two units: "6 min 20 s", "1 h 5 min", "12 s". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const [h, min, s] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
  if (h > 0) return `${h} h ${min} min`;
  return min > 0 ? `${min} min ${s} s` : `${s} s`;
}
