import type { FastifyInstance } from 'fastify';
import { addCodePages } from './code-pages.js';
import { act, type Desk, look, tellBot } from './desk.js';
import { html } from './html.js';
import { addPasswordPages } from './password-pages.js';
import { begin, resetPage } from './reset-begin.js';

/** The wallet's own reset: who is it, a code, a new password. */
export function addResetPages(app: FastifyInstance, desk: Desk): void {
  look(app, desk, '/reset', (scene) => resetPage(scene, null));
  act(app, desk, '/reset', (scene) => begin(desk, scene, scene.typed('mail'), scene.typed('way')));
  addCodePages(app, desk);
  addPasswordPages(app, desk);
  act(app, desk, '/reset/stop', (scene) => {
    const { handOff } = scene.visit;
    if (handOff?.state === 'matched') tellBot(desk, { kind: 'result', id: handOff.id, outcome: 'abandoned' });
    scene.change({ reset: null, handOff: null });
    return { kind: 'go', to: '/stopped-here' };
  });
  look(app, desk, '/stopped-here', ({ words }) => ({
    ...{ kind: 'page', title: words('stopped-here.title'), ways: ['login', 'reset', 'check'] },
    body: html`<p>${words('stopped-here.words')}</p>`,
  }));
}
