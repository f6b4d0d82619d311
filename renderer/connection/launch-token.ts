// The token that lets this page in: taken from the address, kept for reloads, removed from sight. Runs in the page.

const key = 'exocortex.token';

/** The parts of the browser's window that hold the token. */
export interface TokenPlaces {
  location: Pick<Location, 'hash' | 'search' | 'pathname'>;
  history: Pick<History, 'replaceState'>;
  sessionStorage: Pick<Storage, 'getItem' | 'setItem'>;
}

/** @returns the token of the address (`#token=…` or `?token=…`) or of an earlier load of this tab; '' when there is none. */
export function takeLaunchToken({ location, history, sessionStorage }: TokenPlaces): string {
  const token =
    new URLSearchParams(location.hash.slice(1)).get('token') ?? new URLSearchParams(location.search).get('token');
  if (token === null) return sessionStorage.getItem(key) ?? '';
  sessionStorage.setItem(key, token);
  history.replaceState(null, '', location.pathname);
  return token;
}
