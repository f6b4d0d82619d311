// The colours of the page that only events need, read from its CSS variables; used in the page.
import type { EventColours } from '../../../common/figures/review/paint-events.ts';

export function readEventColours(element: Element): EventColours {
  const style = getComputedStyle(element);
  const css = (name: string) => style.getPropertyValue(name).trim();
  return { danger: css('--danger'), safe: css('--safe'), check: css('--check') };
}
