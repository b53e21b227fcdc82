import { describe, expect, it } from 'vitest';
import { slashCommands } from '../../../../adapters/discord/commands.js';

const menu = (locale: string, commands: Readonly<Record<string, string>>, source = false) => ({
  locale,
  source,
  commands: Object.entries(commands).map(([name, description]) => ({ name, description })),
});

describe('slash commands', () => {
  it('are described in the source locale, and in all of Discord’s that ours serve', () => {
    const menus = [
      menu('zh-CN', { help: '帮助' }, true),
      menu('zh-TW', { help: '說明' }),
      menu('en', { help: 'Help' }),
    ];
    expect(slashCommands(menus)).toEqual([
      {
        ...{ name: 'help', type: 1, description: '帮助', contexts: [0, 1], integration_types: [0] },
        description_localizations: { 'en-GB': 'Help', 'en-US': 'Help', 'zh-CN': '帮助', 'zh-TW': '說明' },
      },
    ]);
  });

  it('are left out when Discord would not take them, and their descriptions cut', () => {
    const [one, ...others] = slashCommands([
      menu('en', { help: 'x'.repeat(120), 'Not A Name': 'x', empty: ' ' }, true),
    ]);
    expect(one?.description).toBe(`${'x'.repeat(99)}…`);
    expect(others).toEqual([]);
  });

  it('are none without menus', () => {
    expect(slashCommands([])).toEqual([]);
  });
});
