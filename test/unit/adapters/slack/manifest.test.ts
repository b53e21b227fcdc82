import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { LEAST_EVENTS, LEAST_SCOPES } from '../../../platforms/slack/server.js';

const manifest = parse(readFileSync('docs/slack-manifest.yaml', 'utf8'));

it('the shipped manifest asks for what the emulator grants, and for no more', () => {
  expect([...manifest.oauth_config.scopes.bot].sort()).toEqual([...LEAST_SCOPES].sort());
  expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual([...LEAST_EVENTS].sort());
});

it('people can write to the app, and it needs no public address', () => {
  expect(manifest.features.app_home).toMatchObject({
    messages_tab_enabled: true,
    messages_tab_read_only_enabled: false,
  });
  expect(manifest.settings).toMatchObject({ socket_mode_enabled: true, interactivity: { is_enabled: true } });
  expect(manifest.features.slash_commands.map((entry: { command: string }) => entry.command)).toEqual([
    '/lifeline',
  ]);
});
