import { benchEngine } from './engine.js';

const AREAS: Readonly<Record<string, () => Promise<void>>> = { engine: benchEngine };

const wanted = process.argv[2] ?? '';
const bench = AREAS[wanted];
if (bench === undefined) {
  process.stderr.write(`npm run bench -- AREA, where AREA is one of: ${Object.keys(AREAS).join(', ')}\n`);
  process.exit(1);
}
await bench();
