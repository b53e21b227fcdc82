import { describe, expect, it } from 'vitest';
import { commandCalls } from '../../../../adapters/telegram/commands.js';
import type { CommandMenu } from '../../../../src/model/index.js';

const menu = (locale: string, description: string, source = false): CommandMenu => ({
  locale,
  source,
  commands: [{ name: 'help', description }],
});

describe('command menus', () => {
  it("are the source locale's without a language, and one a language, where locales that share one have the source's", () => {
    const calls = commandCalls([
      menu('zh-TW', '說明'),
      menu('zh-CN', '帮助', true),
      menu('en', 'Help'),
      menu('fil', 'Tulong'),
    ]);
    const inScope = (type: string) =>
      calls
        .filter(({ payload }) => (payload.scope as { readonly type: string }).type === type)
        .map(({ payload }) => [payload.language_code, payload.commands]);
    expect(inScope('default')).toEqual([
      [undefined, [{ command: 'help', description: '帮助' }]],
      ['zh', [{ command: 'help', description: '帮助' }]],
      ['en', [{ command: 'help', description: 'Help' }]],
    ]);
    // In groups a command is between the person and us.
    expect(inScope('all_group_chats')).toEqual([
      [undefined, [{ command: 'help', description: '帮助', is_ephemeral: true }]],
      ['zh', [{ command: 'help', description: '帮助', is_ephemeral: true }]],
      ['en', [{ command: 'help', description: 'Help', is_ephemeral: true }]],
    ]);
  });

  it('keep to names and lengths that Telegram takes', () => {
    const commands = [
      { name: 'forgetme', description: 'd'.repeat(300) },
      { name: '帮助', description: 'x' },
      { name: 'empty', description: ' ' },
    ];
    const [call] = commandCalls([{ locale: 'en', source: true, commands }]);
    expect(call?.payload.commands).toEqual([{ command: 'forgetme', description: `${'d'.repeat(255)}…` }]);
  });
});
