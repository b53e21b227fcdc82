import { expect, it } from 'vitest';
import { MANY, SOME } from './contract-content.js';
import type { Scene } from './scene.js';

/** More choices than look well as buttons, or than a message holds, are all there and can all be taken. */
export function choicesContract(scene: () => Scene): void {
  it.each([
    ['some', SOME],
    ['many', MANY],
  ])('shows all of %s choices in order, each once, and takes the first and the last', async (flow, count) => {
    await scene().start();
    const ann = scene().platform.person();
    ann.says(`en wants ${flow}`);
    const labels = Array.from({ length: count }, (_, index) => `Topic ${index}`);
    const shown = () => ann.sees().flatMap(({ choices }) => choices);
    await scene().until(() => shown().length >= count);
    expect(shown()).toEqual(labels);
    for (const index of [count - 1, 0]) {
      const tap = ann.taps(`Topic ${index}`);
      await scene().heard(ann, `picked v${index}`);
      await scene().until(() => tap() === 'answered');
      const from = shown().length;
      ann.says(`en wants ${flow}`);
      await scene().until(() => shown().length === from + count);
    }
  });
}
