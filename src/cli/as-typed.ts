/** The commands that other commands tell people to run. */
const COMMAND = /\blifeline (init|doctor|check|start|chat|simulate|new)\b/g;

/** Commands in a text as this person types them: run by npm, from a checkout, there is no command `lifeline`. */
export function asTyped(text: string, byNpm: boolean = isByNpm()): string {
  if (!byNpm) return text;
  return text.replaceAll(COMMAND, (_whole, name: string) =>
    name === 'start' ? 'npm start' : `npm run -s lifeline -- ${name}`,
  );
}

function isByNpm(): boolean {
  return ['lifeline', 'start'].includes(process.env.npm_lifecycle_event ?? '');
}
