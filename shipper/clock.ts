/** Time as a parameter: the logic of batching and sending is tested with a clock that a test moves by hand. */
export interface Clock {
  /** Unix ms, for what others read; whoever keeps the node's clock may set it back by hours */
  now(): number;
  /** ms that only grow, for what waits */
  elapsed(): number;
  /** Calls back once, after so many ms; the returned function cancels. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

export const sleep = (clock: Clock, ms: number): Promise<void> => new Promise((resolve) => clock.after(ms, resolve));
