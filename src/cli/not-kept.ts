/** Says on standard error that a trained model could not be kept in a folder; the command goes on without. */
export function notKept(folder: string): (code: string) => void {
  return (code) => process.stderr.write(`The trained model is not kept in ${folder} (${code}).\n`);
}
