/** One way in which people write the words of a phrase. */
export interface Layout {
  readonly name: string;
  readonly write: (words: readonly string[]) => string;
  /** Whether it works for words of a single character, or of no letters with four in front. */
  readonly letters?: true;
  /** Whether it shortens or changes the words, so that they do not stand in the text as they are. */
  readonly changed?: true;
}

const numbered =
  (mark: (number: number) => string, between = '\n') =>
  (words: readonly string[]): string =>
    words.map((word, at) => `${mark(at + 1)}${word}`).join(between);
const each =
  (write: (word: string) => string, between = ' ') =>
  (words: readonly string[]): string =>
    words.map(write).join(between);
const around =
  (before: string, after: string, between = ' ') =>
  (words: readonly string[]): string =>
    `${before}${words.join(between)}${after}`;
const rows =
  (size: number, between = ' ') =>
  (words: readonly string[]): string =>
    Array.from({ length: Math.ceil(words.length / size) }, (_, row) =>
      words.slice(row * size, row * size + size).join(between),
    ).join('\n');
const halves =
  (before: string, middle: string, after: string) =>
  (words: readonly string[]): string =>
    `${before}${words.slice(0, words.length / 2).join(' ')}${middle}${words.slice(words.length / 2).join(' ')}${after}`;
const CIRCLED = '①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔';
const HAN_NUMBERS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const han = (number: number): string =>
  number <= 10
    ? (HAN_NUMBERS[number] ?? '')
    : `${number >= 20 ? '二' : ''}十${HAN_NUMBERS[number % 10] ?? ''}`;
const fullWidth = (word: string): string =>
  [...word.normalize('NFD')]
    .map((letter) => (/[!-~]/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter))
    .join('');
const listed = (text: string): readonly string[] => text.trim().split(/\s+/);
const ENGLISH = listed(
  `first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth
  eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth`,
);
const SPANISH = listed(
  `primera segunda tercera cuarta quinta sexta séptima octava novena décima undécima duodécima decimotercera decimocuarta decimoquinta
  decimosexta decimoséptima decimoctava decimonovena vigésima vigésima_primera vigésima_segunda vigésima_tercera vigésima_cuarta
  vigésima_quinta`,
).map((word) => word.replace('_', ' '));
const RUSSIAN = listed(
  `первое второе третье четвёртое пятое шестое седьмое восьмое девятое десятое одиннадцатое двенадцатое тринадцатое четырнадцатое
  пятнадцатое шестнадцатое семнадцатое восемнадцатое девятнадцатое двадцатое двадцать_первое двадцать_второе двадцать_третье
  двадцать_четвёртое двадцать_пятое`,
).map((word) => word.replace('_', ' '));
const KOREAN = listed(
  `첫 두 세 네 다섯 여섯 일곱 여덟 아홉 열 열한 열두 열세 열네 열다섯 열여섯 열일곱 열여덟 열아홉 스무 스물한 스물두 스물세 스물네 스물다섯`,
);
const ROMAN = listed(
  'I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV',
);
const ONES = listed(
  `one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty
  twenty-one twenty-two twenty-three twenty-four twenty-five`,
);
/** Where an ordinal language is written only as far as a phrase of twelve goes; behind that in figures. */
const upTo =
  (ordinals: readonly string[], further: (number: number) => string) =>
  (number: number): string =>
    ordinals[number - 1] ?? further(number);
const english = (n: number): string => ENGLISH[n - 1] ?? '';
const spanish = (n: number): string => SPANISH[n - 1] ?? '';
const russian = (n: number): string => RUSSIAN[n - 1] ?? '';
const korean = (n: number): string => KOREAN[n - 1] ?? '';
/** As far as the alphabet goes, then in figures. */
const letter = (n: number): string => (n <= 26 ? String.fromCharCode(96 + n) : String(n));
const numeral = (n: number): string => ['st', 'nd', 'rd'][n - 1] ?? 'th';
/** What is told word by word, with the same words before and behind each. */
const told =
  (before: (number: number) => string, behind = '', between = ', ') =>
  (words: readonly string[]): string =>
    words.map((word, at) => `${before(at + 1)}${word}${behind}`).join(between);
const columns = (words: readonly string[]): string => {
  const half = Math.ceil(words.length / 2);
  return words
    .slice(0, half)
    .map((word, at) => `${at + 1}. ${word}\t${at + 1 + half}. ${words[at + half] ?? ''}`)
    .join('\n');
};

/** How people write all the words of a phrase down; shaped after wallets, notes, chats and exports. */
export const LAYOUTS: readonly Layout[] = [
  { name: 'spaces', write: around('', '') },
  { name: 'two spaces', write: around('', '', '  ') },
  { name: 'tabs', write: around('', '', '\t') },
  { name: 'ideographic spaces', write: around('', '', '\u3000') },
  { name: 'no-break spaces', write: around('', '', '\u00a0') },
  { name: 'one a line', write: around('', '', '\n') },
  { name: 'one a line, Windows', write: around('', '', '\r\n') },
  { name: 'one a line, empty lines between', write: around('', '', '\n\n') },
  { name: 'three a line', write: rows(3) },
  { name: 'four a line, tabs', write: rows(4, '\t') },
  { name: 'six a line', write: rows(6) },
  { name: 'commas', write: around('', '', ', ') },
  { name: 'commas without blanks', write: around('', '', ',') },
  { name: 'Chinese commas', write: around('', '', '、') },
  { name: 'full-width commas', write: around('', '', '，') },
  { name: 'semicolons', write: around('', '', '; ') },
  { name: 'slashes', write: around('', '', ' / ') },
  { name: 'pipes', write: around('', '', ' | ') },
  { name: 'hyphens', write: around('', '', '-') },
  { name: 'hyphens and blanks', write: around('', '', ' - ') },
  { name: 'dots', write: around('', '', '. ') },
  { name: 'dots in the middle', write: around('', '', ' · ') },
  { name: 'plus signs', write: around('', '', ' + ') },
  { name: 'arrows', write: around('', '', ' -> ') },
  { name: 'underscores', write: around('', '', '_') },
  { name: 'numbers with dots', write: numbered((n) => `${n}. `) },
  { name: 'numbers with dots, no blanks', write: numbered((n) => `${n}.`) },
  { name: 'numbers with dots on one line', write: numbered((n) => `${n}. `, ' ') },
  { name: 'numbers with brackets', write: numbered((n) => `${n}) `) },
  { name: 'numbers in brackets', write: numbered((n) => `(${n}) `) },
  { name: 'numbers in square brackets', write: numbered((n) => `[${n}] `, ' ') },
  { name: 'numbers with colons', write: numbered((n) => `${n}: `) },
  { name: 'numbers with full-width colons', write: numbered((n) => `${n}：`) },
  { name: 'numbers with equals signs', write: numbered((n) => `${n}=`, ' ') },
  { name: 'numbers with hyphens', write: numbered((n) => `${n} - `) },
  { name: 'numbers with a sign', write: numbered((n) => `#${n} `) },
  { name: 'numbers of two digits', write: numbered((n) => `${String(n).padStart(2, '0')} `) },
  { name: 'numbers on one line', write: numbered((n) => `${n} `, ' ') },
  { name: 'numbers in circles', write: numbered((n) => CIRCLED[n - 1] ?? '') },
  {
    name: 'keycap numbers',
    write: numbered((n) => `${[...String(n)].map((d) => `${d}\ufe0f\u20e3`).join('')} `),
  },
  { name: 'Chinese numbers', write: numbered((n) => `${han(n)}、`) },
  { name: 'word 1:', write: numbered((n) => `word ${n}: `) },
  { name: 'Word #1 -', write: numbered((n) => `Word #${n} - `) },
  { name: '单词1：', write: numbered((n) => `单词${n}：`) },
  { name: '第1个字是', write: numbered((n) => `第${n}个字是${''}`, '，') },
  { name: '第一个：', write: numbered((n) => `第${han(n)}个：`) },
  { name: '1番目：', write: numbered((n) => `${n}番目：`) },
  { name: '1번:', write: numbered((n) => `${n}번: `) },
  { name: 'palabra 1:', write: numbered((n) => `palabra ${n}: `) },
  { name: 'слово 1 -', write: numbered((n) => `слово ${n} - `) },
  { name: 'the first word is', write: told((n) => `the ${english(n)} word is `) },
  { name: 'a sentence for each', write: told((n) => `The ${english(n)} word is `, '.', ' ') },
  { name: 'and the second is', write: told((n) => `the ${english(n)} is `, '', ' and ') },
  { name: 'First is', write: told((n) => `${english(n)} is `) },
  { name: 'First:', write: told((n) => `${english(n)}: `, '', '\n') },
  { name: 'first, second', write: told((n) => `${english(n)} `) },
  { name: '1st', write: told((n) => `${n}${numeral(n)} `) },
  { name: '1st word is', write: told((n) => `${n}${numeral(n)} word is `) },
  { name: 'word number 1 is', write: told((n) => `word number ${n} is `) },
  { name: 'word one:', write: told((n) => `word ${ONES[n - 1] ?? ''}: `, '', '\n') },
  { name: 'one, two', write: told((n) => `${ONES[n - 1] ?? ''} `) },
  { name: 'Roman numerals', write: told((n) => `${ROMAN[n - 1] ?? ''}. `, '', '\n') },
  { name: 'letters with brackets', write: told((n) => `${letter(n)}) `, '', '\n') },
  { name: 'letters with dots', write: told((n) => `${letter(n).toUpperCase()}. `, '', '\n') },
  { name: 'la primera palabra es', write: told((n) => `la ${spanish(n)} palabra es `) },
  { name: 'la primera es', write: told((n) => `la ${spanish(n)} es `) },
  { name: '1ª palabra', write: told((n) => `${n}ª palabra: `) },
  { name: 'первое слово', write: told((n) => `${russian(n)} слово `) },
  { name: 'первое -', write: told((n) => `${russian(n)} - `, '', '\n') },
  { name: '1番目は', write: told((n) => `${n}番目は`, '', '、') },
  { name: '1番目の単語は', write: told((n) => `${n}番目の単語は「`, '」です', '。') },
  { name: '1つ目は', write: told((n) => `${n}つ目は`, '', '、') },
  { name: '첫 번째는', write: told((n) => `${korean(n)} 번째는 `) },
  { name: '첫번째 단어는', write: told((n) => `${korean(n)}번째 단어는 `, '', '\n') },
  { name: '第一个单词', write: told((n) => `第${han(n)}个单词 `, '', '\n') },
  { name: '第1個單詞是', write: told((n) => `第${n}個單詞是 `, '', '，') },
  {
    name: 'a primeira palavra é',
    write: told(
      (n) =>
        `a ${upTo(listed('primeira segunda terceira quarta quinta sexta sétima oitava nona décima'), (m) => `${m}ª`)(n)} palavra é `,
    ),
  },
  {
    name: 'từ thứ nhất là',
    write: told(
      (n) => `từ thứ ${upTo(listed('nhất hai ba tư năm sáu bảy tám chín mười'), (m) => `${m}`)(n)} là `,
    ),
  },
  {
    name: 'kata pertama adalah',
    write: told(
      (n) =>
        `kata ${upTo(listed('pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh'), (m) => `ke-${m}`)(n)} adalah `,
    ),
  },
  {
    name: 'birinci kelime',
    write: told(
      (n) =>
        `${upTo(listed('birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu'), (m) => `${m}.`)(n)} kelime: `,
      '',
      '\n',
    ),
  },
  { name: 'columns', write: columns },
  { name: 'bullets', write: each((word) => `• ${word}`, '\n') },
  { name: 'hyphen bullets', write: each((word) => `- ${word}`, '\n') },
  { name: 'star bullets', write: each((word) => `* ${word}`, '\n') },
  { name: 'check boxes', write: each((word) => `☑ ${word}`, '\n') },
  { name: 'a table', write: (words) => words.map((word, at) => `| ${at + 1} | ${word} |`).join('\n') },
  { name: 'an HTML list', write: (words) => `<ol>${words.map((word) => `<li>${word}</li>`).join('')}</ol>` },
  { name: 'HTML lines', write: each((word) => `<b>${word}</b><br/>`, '') },
  { name: 'CSV', write: (words) => words.map((word, at) => `${at + 1},${word}`).join('\n') },
  { name: 'quotes', write: each((word) => `"${word}"`) },
  { name: 'quotes and commas', write: each((word) => `'${word}'`, ', ') },
  { name: 'Chinese quotes', write: each((word) => `“${word}”`) },
  { name: 'corner quotes', write: each((word) => `「${word}」`, '') },
  { name: 'brackets', write: each((word) => `[${word}]`) },
  { name: 'back-ticks', write: each((word) => `\`${word}\``) },
  { name: 'bold', write: each((word) => `**${word}**`) },
  { name: 'spoilers', write: around('||', '||') },
  { name: 'a quotation', write: each((word) => `> ${word}`, '\n') },
  { name: 'a code block', write: around('```\n', '\n```') },
  { name: 'JSON', write: (words) => JSON.stringify(words) },
  { name: 'JSON with names', write: (words) => JSON.stringify({ mnemonic: words.join(' ') }) },
  { name: 'an environment file', write: around('MNEMONIC="', '"') },
  { name: 'YAML', write: (words) => `mnemonic:\n${words.map((word) => `  - ${word}`).join('\n')}` },
  { name: 'decomposed letters', write: (words) => words.join(' ').normalize('NFD') },
  { name: 'composed letters', write: (words) => words.join(' ').normalize('NFC') },
  {
    name: 'zero-width characters',
    write: (words) => words.map((word) => [...word.normalize('NFC')].join('\u200b')).join(' '),
  },
  { name: 'emoji between', write: around('', '', ' 🔑 ') },
  { name: 'upper case', write: (words) => words.join(' ').toUpperCase(), letters: true },
  {
    name: 'first letters large',
    write: each((word) => (word[0] ?? '').toUpperCase() + word.slice(1)),
    letters: true,
  },
  { name: 'full-width letters', write: each(fullWidth), letters: true, changed: true },
  {
    name: 'numbered upper case',
    write: (words) => numbered((n) => `${n}. `)(words.map((word) => word.toUpperCase())),
    letters: true,
  },
  {
    name: 'four letters of each',
    write: each((word) =>
      [...word.normalize('NFD')]
        .filter((c) => !/\p{M}/u.test(c))
        .slice(0, 4)
        .join(''),
    ),
    letters: true,
    changed: true,
  },
  { name: 'English around', write: around('My recovery phrase is: ', ' please help me, I cannot get in') },
  {
    name: 'English around, a sentence after',
    write: around('hi. I have the words here: ', '. What do I do with these now?'),
  },
  { name: 'no word of what it is', write: around('this? ', ' ???') },
  { name: 'Chinese around', write: around('我的助记词是：', '，请问怎么办') },
  { name: 'Chinese around, no sign', write: around('这个 ', ' 对不对') },
  { name: 'Japanese around', write: around('リカバリーフレーズは ', ' です') },
  { name: 'Korean around', write: around('제 복구 구문은 ', ' 입니다') },
  { name: 'Russian around', write: around('вот моя сид фраза: ', ' помогите пожалуйста') },
  { name: 'Spanish around', write: around('Mi frase semilla es ', ', ¿qué hago?') },
  { name: 'Turkish around', write: around('kurtarma kelimelerim: ', ' yardım edin') },
  { name: 'Vietnamese around', write: around('cụm từ khôi phục của tôi là ', ' giúp tôi với') },
  { name: 'two halves', write: halves('first part: ', '\nand the second part: ', '') },
  { name: 'two halves with a word between', write: halves('', ' then ', '') },
  { name: 'then between each', write: around('', '', ' then ') },
  { name: 'and between each', write: around('', '', ' and ') },
];

const last = (words: readonly string[], before: string, between = ' '): string =>
  `${words.slice(0, -1).join(between)}${before}${words.at(-1) ?? ''}`;
const thirds = (words: readonly string[]): readonly string[] => [
  words.slice(0, words.length / 3).join(' '),
  words.slice(words.length / 3, (words.length * 2) / 3).join(' '),
  words.slice((words.length * 2) / 3).join(' '),
];

/** Phrases told with words of a sentence in between, some of which belong to no list. */
export const CHATTY_LAYOUTS: readonly Layout[] = [
  { name: 'and the last one is', write: (words) => last(words, ' and the last one is ') },
  { name: 'and I think', write: (words) => last(words, ' and i think ') },
  { name: 'a comma and "e"', write: (words) => last(words, ' e ', ', ') },
  { name: 'y creo que la última era', write: (words) => last(words, ' y creo que la última era ', ', ') },
  { name: 'а последнее, кажется,', write: (words) => last(words, ', а последнее, кажется, ') },
  { name: '最后一个好像是', write: (words) => last(words, '，最后一个好像是 ') },
  { name: '最後はたぶん', write: (words) => last(words, '、最後はたぶん ', '、') },
  { name: '마지막은 아마', write: (words) => last(words, ', 마지막은 아마 ') },
  {
    name: 'it starts with',
    write: (words) =>
      `it starts with ${words.slice(0, 2).join(' ')}, then comes ${words.slice(2).join(' ')}, what now?`,
  },
  {
    name: 'one a line, a note behind the fourth',
    write: (words) =>
      words.map((word, at) => (at === 3 ? `${word} (not sure about this one)` : word)).join('\n'),
  },
  {
    name: 'then, and after that',
    write: (words) => {
      const [one = '', two = '', three = ''] = thirds(words);
      return `ok so my words are ${one} then ${two} and after that ${three} I think`;
    },
  },
];

/** The same for Chinese phrases only: nothing between the characters, or groups of them. */
export const CHINESE_LAYOUTS: readonly Layout[] = [
  { name: 'side by side', write: around('', '', '') },
  { name: 'side by side, announced', write: around('我的助记词是', '', '') },
  { name: 'side by side, announced with a colon', write: around('助记词：', '，帮我看看', '') },
  { name: 'side by side in a sentence', write: around('这是助记词', '请帮我恢复钱包', '') },
  { name: 'side by side in quotes', write: around('「', '」', '') },
  { name: 'groups of three', write: (words) => rows(3, '')(words).replaceAll('\n', ' ') },
  { name: 'lines of six', write: (words) => rows(6, '')(words) },
];

/** The same for Japanese and Korean phrases only. */
export const JOINED_LAYOUTS: readonly Layout[] = [
  { name: 'nothing between', write: around('', '', ''), changed: true },
  { name: 'nothing between, announced', write: around('フレーズ：', '', ''), changed: true },
];
