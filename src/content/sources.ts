import type { ParsedFlow } from './parse-flow.js';
import type { YamlSource } from './yaml-source.js';

/** Everything that was read, with its places, for checks across files. */
export interface Sources {
  readonly flows: readonly ParsedFlow[];
  readonly answers: YamlSource;
  readonly global: YamlSource;
  readonly registry: YamlSource;
  readonly locales: YamlSource;
  /** Locale → its texts file. */
  readonly texts: ReadonlyMap<string, YamlSource>;
  /** Locale → its phrases file. */
  readonly phrases: ReadonlyMap<string, YamlSource>;
}

/** The same of content with mistakes: `null` for a file that could not be understood. */
export type DraftSources = Pick<Sources, 'flows' | 'texts' | 'phrases'> & {
  readonly [Name in 'answers' | 'global' | 'registry' | 'locales']: YamlSource | null;
};
