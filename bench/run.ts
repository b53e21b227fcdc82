import { benchAdapters } from './adapters.js';
import { benchAuthoring } from './authoring.js';
import { benchEngine } from './engine.js';
import { benchGuard } from './guard.js';
import { benchGuardLinks } from './guard-links.js';
import { benchRecovery } from './recovery.js';
import { benchStore } from './store.js';
import { benchUnderstanding } from './understanding.js';

const AREAS: Readonly<Record<string, (part?: string) => Promise<void>>> = {
  adapters: benchAdapters,
  authoring: benchAuthoring,
  engine: benchEngine,
  guard: benchGuard,
  'guard-links': benchGuardLinks,
  recovery: benchRecovery,
  store: benchStore,
  understanding: benchUnderstanding,
};

const wanted = process.argv[2] ?? '';
const bench = AREAS[wanted];
if (bench === undefined) {
  process.stderr.write(`npm run bench -- AREA, where AREA is one of: ${Object.keys(AREAS).join(', ')}\n`);
  process.exit(1);
}
await bench(process.argv[3]);
