// Writes SVG as text: elements with attributes, everything escaped; analysis process.

type Attributes = Readonly<Record<string, string | number | undefined>>;

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Hundredths of a pixel are enough, and the same on every machine. */
export const place = (value: number) => String(Math.round(value * 100) / 100);

/** @param children elements that are already written. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) =>
      value === undefined ? [] : [` ${key}="${typeof value === 'number' ? place(value) : escaped(value)}"`],
    )
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

/** Text that can be selected and searched. */
export const textElement = (x: number, y: number, text: string, attributes: Attributes = {}) =>
  element('text', { x, y, ...attributes }, [escaped(text)]);

/** @param title read out in place of the picture. */
export function document(width: number, height: number, title: string, children: readonly string[]): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${place(width)} ${place(height)}`,
      width,
      height,
      'font-family': 'system-ui, sans-serif',
      'font-size': 12,
      role: 'img',
    },
    [element('title', {}, [escaped(title)]), element('rect', { width, height, fill: '#ffffff' }), ...children],
  );
}
