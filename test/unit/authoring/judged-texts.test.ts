import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { asksSecret, promisesContact, writtenDurations } from '../../../src/authoring/asks-secret.js';
import { shippedCheckWords } from '../../support/shipped-check-words.js';

const FOLDER = 'test/support/judged';
const texts = z.array(z.string().min(1)).min(8);
/** What texts of a language may say, and what they may not, by those who speak it. */
const JUDGED = z.object({
  asks: texts,
  sound: texts,
  promises: texts,
  'no-promises': texts,
  durations: texts,
  'no-durations': texts,
});
const words = shippedCheckWords();

describe.each(
  readdirSync(FOLDER).map((file) => [file.replace('.yaml', ''), readFileSync(`${FOLDER}/${file}`, 'utf8')]),
)('in %s', (tag = '', file = '') => {
  const judged = JUDGED.parse(parse(file));
  const own = words.get(tag);
  if (own === undefined) throw new Error(`no words of ${tag}`);

  it.each(judged.asks)('nobody may be asked “%s”', (text) => {
    expect(asksSecret(text, own)).not.toEqual([]);
  });
  it.each(judged.sound)('“%s” asks for nothing', (text) => {
    expect(asksSecret(text, own)).toEqual([]);
  });
  it.each(judged.promises)('“%s” promises that somebody comes', (text) => {
    expect(promisesContact(text, own)).not.toEqual([]);
  });
  it.each(judged['no-promises'])('“%s” promises nothing', (text) => {
    expect(promisesContact(text, own)).toEqual([]);
  });
  it.each(judged.durations)('“%s” writes a length of time out', (text) => {
    expect(writtenDurations(text, own)).not.toEqual([]);
  });
  it.each(judged['no-durations'])('“%s” writes none out', (text) => {
    expect(writtenDurations(text, own)).toEqual([]);
  });
});
