import { describe, expect, it } from 'vitest';
import { compareTalks } from '../../src/authoring/diff/talk-diff.js';
import type { ContentFiles } from '../../src/content/index.js';
import { playTalks } from '../../src/played-talks.js';
import { shelf } from '../support/checked-content.js';
import { edited, smallContent, withFile } from '../support/small-content.js';

const TALK = `conversation: the mail comes late
turns:
  - user: { means: mail-missing }
  - bot: { says: mail.looked, offers: [spam, waited, person] }
  - user: { picks: waited }
  - bot: { says: mail.waiting }
  - later: 10m
  - bot: { says: mail.came }
end: { at: mail-missing.came }
`;
const FILE = 'test/conversations/late.yaml';
const base = withFile(smallContent(), FILE, TALK);
const MAIL = 'flows/mail-missing.yaml';

async function changed(after: ContentFiles) {
  const diff = compareTalks(await playTalks(base, shelf), await playTalks(after, shelf));
  return diff.kind === 'compared' ? diff : null;
}

describe('playTalks', () => {
  it('plays each conversation once, those of answers too, in words that people read', async () => {
    const talks = await playTalks(base, shelf);
    if (talks.kind !== 'played') throw new Error(talks.why);
    expect(talks.talks.map(({ name, failure }) => [name, failure])).toEqual([
      [FILE, null],
      ...['fees', 'thanks', 'inside'].map((name) => [`the answer ${name}`, null]),
    ]);
    expect(talks.talks[0]?.lines).toEqual([
      'person: means mail-missing',
      expect.stringMatching(/^bot: safety\.full$/),
      '    en safety full',
      'bot: mail.looked',
      '    en mail looked',
      '  [spam]',
      '  [waited]',
      '  [person]',
      'person: picks waited',
      'bot: mail.waiting',
      '    en waiting {mail, duration}',
      '  [arrived]',
      '(10 minutes later)',
      'bot: mail.came',
      '    en mail came',
      '  [yes]',
      '  [no]',
    ]);
  });

  it('shows a conversation that an edit of a flow sends another way, though its file is the same', async () => {
    const after = edited(base, MAIL, 'value: waited, go: pause', 'value: waited, go: check');
    const diff = await changed(after);
    expect(diff?.changed.map(({ name, fails }) => [name, fails])).toEqual([
      [FILE, expect.stringContaining('should say mail.waiting, but says mail.check')],
    ]);
    expect(diff?.changed[0]?.after).toContain('bot: mail.check');
    expect(diff?.played).toEqual({ before: 4, after: 4 });
  });

  it('goes on behind what is not as written, so that all of the way is seen', async () => {
    const after = edited(base, MAIL, 'say: mail.waiting, ', 'say: mail.again, ');
    const [one] = (await changed(after))?.changed ?? [];
    expect(one?.after?.slice(-4)).toEqual(['bot: mail.came', '    en mail came', '  [yes]', '  [no]']);
  });

  it('says nothing of conversations when only words change', async () => {
    const after = edited(base, 'locales/en/texts.yaml', '"en mail came"', '"Did it come?"');
    expect((await changed(after))?.changed).toEqual([]);
  });

  it('tells two conversations of one title apart', async () => {
    const talks = await playTalks(withFile(base, 'test/conversations/more.yaml', TALK), shelf);
    const names = talks.kind === 'played' ? talks.talks.map(({ name }) => name) : [];
    expect(names.slice(0, 2)).toEqual([FILE, 'test/conversations/more.yaml']);
  });

  it.each([
    [
      'a flow with a mistake',
      edited(base, MAIL, 'go: by-looked', 'go: by-loked'),
      'flows/mail-missing.yaml:15',
    ],
    ['a conversation that cannot be read', withFile(base, FILE, 'turns: ['), FILE],
  ])('says why nothing is played: %s', async (_what, files, why) => {
    expect(await playTalks(files, shelf)).toMatchObject({
      kind: 'not-played',
      why: expect.stringContaining(why),
    });
  });
});
