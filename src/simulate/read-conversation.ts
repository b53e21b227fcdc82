import { checkShape } from '../content/check-shape.js';
import type { Finding } from '../content/index.js';
import { parseYaml } from '../content/yaml-source.js';
import { CONVERSATION_SCHEMA, type SimulatedConversation } from './format.js';

/** Parses one simulated conversation, or says where it is wrong. */
export function readConversation(
  path: string,
  text: string,
): { readonly conversation: SimulatedConversation } | { readonly findings: readonly Finding[] } {
  const { source, findings } = parseYaml(path, text);
  if (findings.length > 0) return { findings };
  const shape = checkShape(source, CONVERSATION_SCHEMA);
  return 'findings' in shape ? shape : { conversation: shape.value };
}
