/**
 * SIGTERM and SIGINT from the first moment on: Felix may end while this program still loads, and by default that would be the end of it with everything
 * unsent. So this is the first module of the program, and what came before somebody listens is told to whoever does.
 */
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;
let came: NodeJS.Signals | undefined;
let hear = (signal: NodeJS.Signals): void => {
  came ??= signal;
};
for (const signal of SIGNALS) process.on(signal, () => hear(signal));

export function onSignal(act: (signal: NodeJS.Signals) => void): void {
  hear = act;
  if (came) act(came);
}
