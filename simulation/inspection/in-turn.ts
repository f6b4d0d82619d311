// Does one thing after the other, and waits only where there is something to wait for; simulation process.

/** @returns undefined when all is done, else when it will be. */
export function inTurn<T>(list: readonly T[], act: (each: T) => void | Promise<void>): void | Promise<void> {
  for (const [index, each] of list.entries()) {
    const doing = act(each);
    if (doing instanceof Promise) return doing.then(() => inTurn(list.slice(index + 1), act));
  }
}
