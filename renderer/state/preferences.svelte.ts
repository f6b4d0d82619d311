// What a person chose for this page, kept in the browser. Runs in the page.

export const themes = ['dark', 'light', 'contrast'] as const;
export type Theme = (typeof themes)[number];

export const themeWords: Record<Theme, string> = { dark: 'Dark', light: 'Light', contrast: 'High contrast' };

const themeKey = 'exocortex.theme';
const operatorKey = 'exocortex.operator';

export class Preferences {
  #theme = $state<Theme>('dark');
  #operator = $state('Operator');
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
    const theme = storage.getItem(themeKey);
    this.#theme = themes.find((known) => known === theme) ?? 'dark';
    this.#operator = storage.getItem(operatorKey) ?? 'Operator';
  }

  get theme(): Theme {
    return this.#theme;
  }
  set theme(theme: Theme) {
    this.#theme = theme;
    this.#storage.setItem(themeKey, theme);
  }

  /** Who is written into the session as the one who arms and runs. */
  get operator(): string {
    return this.#operator;
  }
  set operator(operator: string) {
    this.#operator = operator;
    this.#storage.setItem(operatorKey, operator);
  }
}
