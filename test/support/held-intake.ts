import type { AdapterHost } from '../../src/model/index.js';

/** An intake that nobody else wants: its work runs until it is stopped. */
export const heldIntake: AdapterHost['intake'] = (_name, work) => {
  const ended = new AbortController();
  const done = work(ended.signal);
  return {
    stop: async () => {
      ended.abort();
      await done;
    },
  };
};
