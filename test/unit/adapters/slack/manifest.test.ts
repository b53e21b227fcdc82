import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMAND, EVENT_SCOPES, METHOD_SCOPES, SCOPES } from '../../../../adapters/slack/needs.js';
import { LEAST_EVENTS, LEAST_SCOPES } from '../../../platforms/slack/server.js';

const manifest = parse(readFileSync('docs/slack-manifest.yaml', 'utf8'));
const sources = readdirSync('adapters/slack')
  .filter((name) => name !== 'needs.ts')
  .map((name) => readFileSync(`adapters/slack/${name}`, 'utf8'));

/** Names of the Web API in the code: two or more words joined by dots, the first a family of methods. */
const METHOD =
  /'((?:admin|apps|assistant|auth|bots|chat|conversations|dialog|emoji|files|im|pins|reactions|team|users|views)\.[A-Za-z.]+)'/g;

describe('what the Slack adapter needs', () => {
  it('is known for every method it calls, and for no other', () => {
    const called = new Set(sources.flatMap((text) => [...text.matchAll(METHOD)].map(([, name]) => name)));
    expect([...called].sort()).toEqual(Object.keys(METHOD_SCOPES).sort());
  });

  it('is what the manifest asks for, no more and no less, and what the emulator grants', () => {
    expect([...manifest.oauth_config.scopes.bot].sort()).toEqual(SCOPES);
    expect([...LEAST_SCOPES].sort()).toEqual(SCOPES);
    const events = Object.keys(EVENT_SCOPES).sort();
    expect([...manifest.settings.event_subscriptions.bot_events].sort()).toEqual(events);
    expect([...LEAST_EVENTS].sort()).toEqual(events);
    expect(manifest.features.slash_commands.map(({ command }: { command: string }) => command)).toEqual([
      COMMAND,
    ]);
    expect(manifest.oauth_config.scopes.user).toBeUndefined();
  });
});

describe('the assistant container', () => {
  it('is switched on by what the page adds to the manifest: its view, its right and its event', () => {
    const page = readFileSync('docs/setup-slack.md', 'utf8');
    const block = /\*\*The assistant[\s\S]*?```yaml\n([\s\S]*?)\n {2}```/.exec(page)?.[1] ?? '';
    expect(parse(block)).toEqual({
      features: { assistant_view: { assistant_description: manifest.display_information.description } },
      oauth_config: { scopes: { bot: ['assistant:write'] } },
      settings: { event_subscriptions: { bot_events: ['assistant_thread_started'] } },
    });
    expect(sources.join()).toContain("case 'assistant_thread_started'");
  });
});

describe('the shipped manifest', () => {
  it('lets people write to the app, tap its buttons, and needs no public address', () => {
    expect(manifest.features.app_home).toMatchObject({
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: true,
      interactivity: { is_enabled: true },
      token_rotation_enabled: false,
    });
  });
});
