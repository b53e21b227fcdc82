import { domainToASCII } from 'node:url';

/** A text with one link, and what must be thought of it. */
export interface LinkCase {
  readonly trick: string;
  readonly text: string;
  readonly verdict: 'official' | 'lookalike' | 'blocked' | 'unknown';
}

/** A wallet that is imitated. */
export interface ImitatedWallet {
  readonly name: string;
  readonly host: string;
  readonly bot: string;
  /** As `flows/official.yaml` has it. */
  readonly official: string;
}

function wallet(name: string, host: string, bot: string): ImitatedWallet {
  const official = `product: { name: ${name} }
origins: ["https://${host}", "https://status.${host}"]
links:
  reset-help: { url: "https://${host}/reset" }
  help-center: { url: "https://${host}/help" }
  community: { url: "https://t.me/${bot}Talk" }
downloads: { ios: "https://apps.apple.com/app/id${1_000_000 + host.length}" }
senders: [{ mail: "no-reply@mail.${host}", for: reset }]
support: [{ channel: x, handle: "@${bot}" }]
bot: { telegram: ${bot}Bot }
hand_offs: { reset-password: { link: reset-help } }
cases: {}
`;
  return { name, host, bot, official };
}

/** Wallets with names of different kinds: two words, one, a generic host, a short one, another script. */
export const IMITATED: readonly ImitatedWallet[] = [
  wallet('Example Wallet', 'wallet.example', 'ExampleWallet'),
  wallet('Kestrel', 'kestrel-wallet.example', 'KestrelWallet'),
  wallet('Marlinspike', 'marlinspike.test', 'Marlinspike'),
  wallet('Orbita Pay', 'orbitapay.example', 'OrbitaPay'),
  wallet('Tunda', 'app.tunda.example', 'TundaApp'),
  wallet('河岸钱包', 'heanwallet.example', 'HeanWallet'),
];

const LIKE: Readonly<Record<string, string>> = {
  a: 'аɑα4ạá',
  b: 'Ьḅ',
  c: 'сϲç',
  d: 'ԁḍ',
  e: 'еҽ3ẹé',
  g: 'ɡġ',
  h: 'һḥ',
  i: 'іı1lí',
  k: 'κкķ',
  l: 'ӏ1Iļ',
  m: 'мṃ',
  n: 'ոñ',
  o: 'оο0օò',
  p: 'рρ',
  r: 'гŗ',
  s: 'ѕ5ş',
  t: 'τтţ',
  u: 'υսù',
  v: 'ѵν',
  w: 'ԝẃ',
  x: 'хχ',
  y: 'уγý',
};
const DELIVERIES: readonly ((link: string) => string)[] = [
  (link) => link,
  (link) => `please open ${link} now`,
  (link) => `请打开 ${link} 谢谢`,
  (link) => `(see ${link}).`,
  (link) => `"${link}"`,
  (link) => `👉 ${link} 👈`,
];
const DEFANGED: readonly ((link: string) => string)[] = [
  (link) => link.replace(/^https/, 'hxxps'),
  (link) => link.replaceAll('.', '[.]'),
  (link) => link.replaceAll('.', '(dot)'),
  (link) => link.replace(/^https:\/\//, '').replaceAll('.', '。'),
];

/** Every trick on one wallet, each with what must be thought of it. The same for the same arguments. */
export function linkCases({ name, host, bot }: ImitatedWallet): readonly LinkCase[] {
  const cases: LinkCase[] = [];
  let turn = 0;
  const add = (verdict: LinkCase['verdict'], trick: string, link: string): void => {
    const deliver = DELIVERIES[turn % DELIVERIES.length] ?? ((text: string) => text);
    turn += 1;
    cases.push({ verdict, trick, text: deliver(link) });
  };
  const [label = '', ...endings] = host.replace(/^app\./, '').split('.');
  const ending = endings.join('.');
  const domain = `${label}.${ending}`;
  const squeezed = /^[ -~]+$/.test(name) ? name.toLowerCase().replace(/\s/g, '') : label;

  for (const link of [
    `https://${host}`,
    `https://${host}/reset`,
    `https://${host}/help?lang=zh#top`,
    host,
    `${host}/help`,
  ]) {
    add('official', 'exact', link);
    add('official', 'upper case', link.toUpperCase());
  }
  for (const defang of DEFANGED) add('official', 'defanged', defang(`https://${host}/reset`));
  add('official', 'glued to Chinese', `打开https://${host}/reset重置密码`);
  add('official', 'masked', `[here](https://${host}/reset)`);
  add('official', 'masked by Slack', `<https://${host}/help|help>`);
  add('official', 'own bot', `https://t.me/${bot}Bot?start=f_menu`);
  add('official', 'own account', `https://x.com/${bot}`);
  add('official', 'own group', `https://t.me/${bot}Talk`);

  [...host].forEach((letter, index) => {
    for (const like of LIKE[letter] ?? '') {
      const fake = host.slice(0, index) + like + host.slice(index + 1);
      if (fake.toLowerCase() === host) continue;
      add('lookalike', 'one letter like another', `https://${fake}/reset`);
      if (index % 3 === 0) add('lookalike', 'the same in punycode', `https://${domainToASCII(fake)}/`);
      if (index % 3 === 1) add('lookalike', 'the same, bare', fake);
    }
    if (letter === '.') return;
    add('lookalike', 'a letter less', `https://${host.slice(0, index)}${host.slice(index + 1)}`);
    add('lookalike', 'a letter twice', `https://${host.slice(0, index)}${letter}${host.slice(index)}`);
    add('lookalike', 'another letter', `${host.slice(0, index)}q${host.slice(index + 1)}/login`);
    const next = host.charAt(index + 1);
    if (next !== '' && next !== '.' && next !== letter)
      add(
        'lookalike',
        'two letters swapped',
        `https://${host.slice(0, index)}${next}${letter}${host.slice(index + 2)}/`,
      );
    add(
      'lookalike',
      'an unseen character',
      `https://${host.slice(0, index)}\u200b${host.slice(index)}/reset`,
    );
  });
  const everyLetter = [...host].map((letter) => LIKE[letter]?.charAt(0) ?? letter).join('');
  add('lookalike', 'every letter like another', `https://${everyLetter}/reset`);
  add('lookalike', 'full width', `https://${wide(host)}/reset`);
  add('lookalike', 'mathematical letters', `https://${bold(host)}/reset`);

  const strangers = [
    'evil.test',
    'help-desk.app',
    'secure-login.xyz',
    'a1b2c3.top',
    'wixsite.com',
    'pages.dev',
  ];
  for (const stranger of strangers) {
    add('lookalike', 'ours as a sub-domain', `https://${host}.${stranger}/reset`);
    add('lookalike', 'ours as a deep sub-domain', `https://login.${domain}.account.${stranger}`);
    add('lookalike', 'the brand as a sub-domain', `https://${squeezed}.${stranger}/verify`);
    add('lookalike', 'ours in the path', `https://${stranger}/${host}/reset`);
    add('lookalike', 'ours in the query', `https://${stranger}/?next=https://${host}/reset`);
    add('lookalike', 'ours behind #', `https://${stranger}#${host}`);
    add('lookalike', 'the brand in the path', `https://${stranger}/${name.replaceAll(' ', '-')}/claim`);
    add('lookalike', 'ours as the user', `https://${host}@${stranger}/reset`);
    add('lookalike', 'ours as user and password', `https://${host}:443@${stranger}/`);
    add('lookalike', 'ours as the user, bare', `${host}@${stranger}/reset`);
    add('lookalike', 'ours shown (Markdown)', `[${host}](https://${stranger}/x)`);
    add('lookalike', 'ours shown whole (Markdown)', `[https://${host}/reset](https://${stranger}/x)`);
    add('lookalike', 'ours shown (Slack)', `<https://${stranger}/x|${host}>`);
    add('lookalike', 'ours shown (HTML)', `<a href="https://${stranger}/x">${host}</a>`);
    add('lookalike', 'the brand shown', `[${name} support](https://${stranger}/x)`);
    add('lookalike', 'a slash that is none', `https://${host}\u2215${stranger}/`);
    add('lookalike', 'a full-width slash', `https://${host}／${stranger}/`);
    add('lookalike', 'an escaped dot', `https://${host.replace('.', '%2e')}.${stranger}/`);
  }
  for (const word of ['secure', 'login', 'support', 'verify', 'reset']) {
    add('lookalike', 'a hyphen', `https://${label}-${word}.com`);
    add('lookalike', 'a hyphen before', `https://${word}-${label}.net/`);
    add('lookalike', 'the brand and a hyphen', `${squeezed}-${word}.app/x`);
    add('lookalike', 'a hyphen for the dot', `https://${domain.replaceAll('.', '-')}.${word}.xyz`);
  }
  for (const other of ['com', 'io', 'app', 'co', 'xyz', 'org', 'support'])
    add('lookalike', 'another ending', `https://${label}.${other}/reset`);
  add('lookalike', 'a backslash', `https://${host}\\@evil.test/`);
  add('lookalike', 'an escaped dot of ours', `https://${host.replace('.', '%2e')}/`);
  add('lookalike', 'another port', `https://${host}:8443/reset`);
  add('lookalike', 'a user before ours', `https://admin:pass@${host}/`);
  add('lookalike', 'a fake bot', `https://t.me/${bot}_Support`);
  add(
    'lookalike',
    'a fake bot, a letter',
    `https://t.me/${bot.replace(/l|a/, (letter) => (letter === 'l' ? 'I' : 'aa'))}Bot`,
  );

  for (const link of BLOCKED) add('blocked', 'dangerous', link);
  for (const link of [...UNKNOWN, ...UNKNOWN.map((known) => known.replace(/^https:\/\//, ''))])
    add('unknown', 'nothing of ours', link);
  return cases;
}

const BLOCKED: readonly string[] = [
  ...[
    'javascript:alert(document.domain)',
    'data:text/html;base64,PHNjcmlwdD4=',
    'vbscript:msgbox(1)',
    'file:///etc/passwd',
  ],
  ...[
    'tg://resolve?domain=helper',
    'intent://scan/#Intent;scheme=zxing;end',
    'whatsapp://send?phone=15550100',
  ],
  ...[
    'http://203.0.113.7/reset',
    'https://198.51.100.20:8080/',
    '203.0.113.9/login',
    'http://3405803783/',
    'http://0xCB007107/',
  ],
  ...[
    'http://0313.0.0161.07/',
    'http://[2001:db8::1]/reset',
    'https://[::ffff:203.0.113.7]/',
    'http://203.0.113.7./',
  ],
  ...[
    'https://bit.ly/3AbCdEf',
    'tinyurl.com/y7abcd',
    'https://t.co/AbCdEf',
    'hxxps://is[.]gd/abc',
    'https://reurl.cc/abc',
  ],
  ...['jav\u200bascript:alert(1)', 'JAVASCRIPT:alert(1)', 'ftp://files.test/setup.exe', 'wc:// 7f6e504b'],
].filter((link) => !link.includes(':// '));

const UNKNOWN: readonly string[] = [
  ...[
    'https://github.com/ethereum/go-ethereum',
    'https://etherscan.io/tx/0xabc',
    'https://news.test/2026/03/market',
  ],
  ...[
    'https://en.wikipedia.org/wiki/Phishing',
    'https://forum.other.example/t/1',
    'https://t.me/somebody',
    'https://x.com/somebody',
  ],
  ...[
    'https://docs.python.org/3/',
    'https://shop.test/?id=5',
    'https://mail.test/inbox',
    'https://example.org/page',
  ],
  ...[
    'https://münchen.test/',
    'https://xn--mnchen-3ya.test/',
    'https://zh.wikipedia.org/zh-tw/',
    'https://user:pw@git.test/repo',
  ],
];

function wide(text: string): string {
  return text.replace(/[a-z0-9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

function bold(text: string): string {
  return text.replace(/[a-z]/g, (letter) => String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97));
}
