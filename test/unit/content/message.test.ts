import { describe, expect, it } from 'vitest';
import {
  compileMessage,
  formatDuration,
  lostToApostrophe,
  type Message,
} from '../../../src/content/index.js';

const TIMES = new Map([
  ['mail', 600_000],
  ['day', 86_400_000],
]);

function message(text: string, locale = 'en'): Message {
  const compiled = compileMessage(locale, text, TIMES);
  if ('error' in compiled) throw new Error(compiled.error);
  return compiled;
}

const said = (text: string, values: Readonly<Record<string, string>> = {}, locale = 'en'): string =>
  message(text, locale).format((name) => values[name]);

describe('compileMessage', () => {
  it('fills values in, and leaves nothing of a value that is missing', () => {
    expect(said('Ask {bot} about {asked}.', { bot: '@us' })).toBe('Ask @us about .');
    expect(message('{b} {a} {b}').placeholders).toEqual(['a', 'b']);
  });

  it('never reads a value as a pattern', () => {
    expect(said('you wrote {asked}', { asked: "{bot} '' <b> #" })).toBe("you wrote {bot} '' <b> #");
  });

  it('says times in words of the locale and names them', () => {
    expect(said('wait {mail, duration}')).toBe('wait 10 minutes');
    expect(said('等 { mail , duration }', {}, 'zh-CN')).toBe('等 10 分钟');
    expect(message('{mail, duration} {day,duration} {who}')).toMatchObject({
      times: ['day', 'mail'],
      placeholders: ['who'],
    });
  });

  it('refuses a time that does not exist', () => {
    expect(compileMessage('en', 'in {male, duration} or {aeon, duration}', TIMES)).toEqual({
      error: 'uses the time "male", "aeon", which _times.yaml does not have',
      unknownTimes: ['male', 'aeon'],
    });
  });

  it.each([
    ["l'{name} here", "'{name}"],
    ["Tap '{name}' now", "'{name}"],
    ["'look {name}", null],
    ["l''{name} here", null],
    ["l'{mail, duration} long", null],
    ["it's {name}, isn't it", null],
    ["a '}' and {name}", null],
    ["l'{n, plural, one {a} other {b}}", "'{n,"],
    ["{n, plural, one {l'{name} a} other {b}}", "'{name}"],
    ["'{' {a} '{b}'", "'{b}"],
  ])('tells what an apostrophe takes away from %j', (text, lost) => {
    expect(lostToApostrophe(text)).toBe(lost);
  });

  it('leaves apostrophes alone unless they quote a brace', () => {
    expect(said("It's fine, don't worry")).toBe("It's fine, don't worry");
    expect(said("'{bot}' is literal", { bot: 'x' })).toBe('{bot} is literal');
    expect(said("''{bot}''", { bot: 'x' })).toBe("'x'");
  });

  it('keeps angle brackets as text', () => {
    expect(said('a <b>c</b> & 1 < 2')).toBe('a <b>c</b> & 1 < 2');
  });

  it('chooses by number and by word, also without a value', () => {
    const plural = '{count, plural, one {# try} other {# tries}} left';
    expect([said(plural, { count: '1' }), said(plural, { count: '3' })]).toEqual([
      '1 try left',
      '3 tries left',
    ]);
    expect(said(plural)).toBe('0 tries left');
    const select = '{where, select, app {in the app} other {there}}';
    expect([said(select, { where: 'app' }), said(select)]).toEqual(['in the app', 'there']);
    expect(message('{count, plural, one {{who}} other {{what}}}').placeholders).toEqual([
      'count',
      'what',
      'who',
    ]);
  });

  it.each(['{', 'a } b {', '{a', '{a, plural, one {x}}', '{a, frob}', '{}'])('refuses "%s"', (text) => {
    const compiled = compileMessage('en', text, TIMES);
    expect('error' in compiled ? compiled.error : 'no error').toMatch(/^is not valid ICU MessageFormat: /);
  });

  it.each(['{asked, date}', '{asked, time}', '{asked, number, ::currency/XYZQ}'])(
    'refuses or survives "%s", whose value is a word',
    (text) => {
      const compiled = compileMessage('en', text, TIMES);
      if (!('error' in compiled)) expect(compiled.format(() => 'a word')).toEqual(expect.any(String));
    },
  );
});

describe('formatDuration', () => {
  it.each([
    [1000, '1 second'],
    [90_000, '90 seconds'],
    [60_000, '1 minute'],
    [5_400_000, '90 minutes'],
    [7_200_000, '2 hours'],
    [86_400_000, '1 day'],
  ])('says %d ms in the largest whole unit', (ms, words) => {
    expect(formatDuration('en', ms)).toBe(words);
  });
});
