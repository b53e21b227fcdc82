import { z } from 'zod';
import {
  ANSWERS_SCHEMA,
  FLOW_SCHEMA,
  GLOBAL_SCHEMA,
  STEP_SCHEMAS,
  TIMES_SCHEMA,
} from '../content/flow-schema.js';
import { LOCALES_SCHEMA, PHRASES_SCHEMA, TEXTS_SCHEMA } from '../content/locale-schema.js';
import { REGISTRY_SCHEMA } from '../content/registry.js';
import { APPROVED_SCHEMA } from './approvals.js';
import { CHECK_WORDS_SCHEMA } from './check-words.js';
import { GLOSSARY_FILE, GLOSSARY_SCHEMA } from './glossary.js';
import { STAMPS_SCHEMA } from './stamps.js';

/** A kind of content file: its schema, and which files are of that kind. */
export interface FileKind {
  readonly schema: z.ZodType;
  /** Patterns of paths from the content folder, as editors match them. */
  readonly files: readonly string[];
  readonly title: string;
}

const flow = FLOW_SCHEMA.extend({
  steps: z.record(FLOW_SCHEMA.shape.flow, z.union(Object.values(STEP_SCHEMAS))),
});

/** Every kind of content file but simulated conversations, by the name of its schema. */
export const FILE_KINDS: Readonly<Record<string, FileKind>> = {
  flow: {
    schema: flow,
    files: ['flows/[a-z]*.yaml', '!flows/answers.yaml', '!flows/official.yaml'],
    title: 'A flow: flows/<name>.yaml',
  },
  answers: {
    schema: ANSWERS_SCHEMA,
    files: ['flows/answers.yaml'],
    title: 'One-step answers: flows/answers.yaml',
  },
  global: { schema: GLOBAL_SCHEMA, files: ['flows/_global.yaml'], title: 'Global words: flows/_global.yaml' },
  times: { schema: TIMES_SCHEMA, files: ['flows/_times.yaml'], title: 'Times: flows/_times.yaml' },
  registry: {
    schema: REGISTRY_SCHEMA,
    files: ['flows/official.yaml'],
    title: 'The official registry: flows/official.yaml',
  },
  locales: {
    schema: LOCALES_SCHEMA,
    files: ['locales/locales.yaml'],
    title: 'Languages: locales/locales.yaml',
  },
  texts: { schema: TEXTS_SCHEMA, files: ['locales/*/texts.yaml'], title: 'Texts: locales/<tag>/texts.yaml' },
  phrases: {
    schema: PHRASES_SCHEMA,
    files: ['locales/*/phrases.yaml'],
    title: 'Phrases: locales/<tag>/phrases.yaml',
  },
  checks: {
    schema: CHECK_WORDS_SCHEMA,
    files: ['locales/*/checks.yaml'],
    title: 'Words of the check: locales/<tag>/checks.yaml',
  },
  stamps: {
    schema: STAMPS_SCHEMA,
    files: ['locales/*/stamps.yaml'],
    title: 'Stamps: locales/<tag>/stamps.yaml',
  },
  approved: {
    schema: APPROVED_SCHEMA,
    files: ['locales/approved.yaml'],
    title: 'Approved texts: locales/approved.yaml',
  },
  glossary: {
    schema: GLOSSARY_SCHEMA,
    files: [GLOSSARY_FILE],
    title: 'Glossary: locales/glossary.yaml',
  },
};

/** The JSON Schema files for some kinds, by name below `schemas/`, as they are committed. */
export function jsonSchemas(kinds: Readonly<Record<string, FileKind>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(kinds).map(([name, { schema, title }]): [string, string] => {
      // What an author writes, before defaults are put in; what JSON Schema cannot say is left to the check.
      const json = z.toJSONSchema(schema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
      return [`${name}.json`, `${JSON.stringify({ title, ...json }, null, 2)}\n`];
    }),
  );
}

/** The settings that tell an editor which schema belongs to which file (the YAML extension of Red Hat). */
export function editorSettings(kinds: Readonly<Record<string, FileKind>>): string {
  const schemas = Object.fromEntries(
    Object.entries(kinds).map(([name, { files }]) => [`./schemas/${name}.json`, files]),
  );
  const settings = {
    'yaml.schemas': schemas,
    'yaml.schemaStore.enable': false,
    'yaml.format.enable': false,
    'files.eol': '\n',
    'files.encoding': 'utf8',
    '[yaml]': { 'editor.insertSpaces': true, 'editor.tabSize': 2 },
  };
  return `${JSON.stringify(settings, null, 2)}\n`;
}
