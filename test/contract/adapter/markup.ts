/** What one platform or another would make bold, a list, a picture of: as words it must stay words. */
export const MARKUP: readonly string[] = [
  '*bold* _slanted_ ~gone~ `code`',
  '**bold** __under__ ~~gone~~ ||hidden|| ***all***',
  '<b>bold</b> <i>slanted</i> <code>code</code> &amp; &lt;b&gt;',
  '# head\n## head\n-# small\n> quote\n>>> quote\n- item\n* item\n1. item',
  '```\ncode\n``` and ```js x```',
  '\\*not\\* \\\\ \\_not\\_ \\<',
  ':tada: <:smile:1234> <a:smile:1234>',
  '<t:1700000000:R> </help:1234> <id:customize>',
  "it's {braces} 'quoted' \"twice\" 100% [x] (y) {{z}}",
];

/** As many of them as a question may offer for choice, each on one line. */
export const LABELS: readonly string[] = MARKUP.filter((text) => !text.includes('\n')).slice(0, 8);

/** What one platform or another would call people by. */
export const CALLS: readonly string[] = [
  '<!channel> <!here> <!everyone> <!subteam^S0123ABCD|team>',
  '<@U0BOT00001> <@W0123ABCD> <#C0123ABCD|general>',
  '<@1100000000000000001> <@!1100000000000000001> <@&12345> <#12345>',
  '@everyone @here',
  '@harbor_support_team',
];

/** What would lead elsewhere. None of these addresses is in the registry, so none may leave. */
export const LINKS: readonly string[] = [
  '[your wallet](https://evil.example/login)',
  '<https://evil.example/login|your wallet>',
  '<a href="https://evil.example/login">your wallet</a>',
  'https://evil.example/login',
  'evil.example',
  'tg://user?id=1',
  'mailto:help@evil.example',
];
