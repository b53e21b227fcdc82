import { foldWord } from './plain-text.js';

/** What a word can be in a label ("the third word is", "palabra número 3:", "세 번째 단어는"). */
export interface LabelWord {
  /** "Word", in any language. */
  readonly isNoun?: true;
  /** "Is", and what else stands between a label and its word. */
  readonly isCopula?: true;
  /** An article, or what joins two labels. */
  readonly isArticle?: true;
  /** "Number", before a number. */
  readonly isPrefix?: true;
  /** The end of a number that is written with figures ("3rd"). */
  readonly isSuffix?: true;
  /** "One", as in "the first one". */
  readonly isOne?: true;
  /** Its place, of an ordinal; 0 for "next" and "last". */
  readonly ordinal?: number;
  readonly cardinal?: number;
  /** What is added to the number behind it ("twenty first"). */
  readonly tens?: number;
  /** In which rows of numbers it stands; one bit for each. */
  readonly rows?: number;
}

const table = new Map<string, LabelWord>();
const add = (words: string, role: LabelWord): void => {
  for (const word of words.split(/[\s/]+/).map(foldWord)) table.set(word, { ...table.get(word), ...role });
};
let rows = 0;
/** In order, with `/` between forms of one number. */
const addInOrder = (words: string, role: 'ordinal' | 'cardinal'): void => {
  for (const [at, forms] of words.trim().split(/\s+/).entries())
    for (const form of forms.split('/').map(foldWord))
      table.set(form, {
        ...table.get(form),
        [role]: at + 1,
        rows: (table.get(form)?.rows ?? 0) | (1 << rows),
      });
  rows += 1;
};

addInOrder(
  `first second third fourth fifth sixth seventh eighth/eigth ninth/nineth tenth eleventh twelfth/twelveth thirteenth fourteenth
  fifteenth sixteenth seventeenth eighteenth nineteenth twentieth`,
  'ordinal',
);
addInOrder(
  `primero/primera/primer segundo/segunda tercero/tercera/tercer cuarto/cuarta quinto/quinta sexto/sexta séptimo/séptima/sétima/sétimo
  octavo/octava noveno/novena décimo/décima undécimo/undécima/decimoprimera duodécimo/duodécima/decimosegunda decimotercera/decimotercero decimocuarta/decimocuarto decimoquinta/decimoquinto decimosexta/decimosexto
  decimoséptima/decimoséptimo decimoctava/decimoctavo decimonovena/decimonoveno vigésima/vigésimo`,
  'ordinal',
);
addInOrder(
  `primeira/primeiro segunda/segundo terceira/terceiro quarta/quarto quinta/quinto sexta/sexto sétima/sétimo oitava/oitavo nona/nono
  décima/décimo`,
  'ordinal',
);
addInOrder(
  `premier/première/1er deuxième/second/seconde troisième quatrième cinquième sixième septième huitième neuvième dixième onzième
  douzième treizième quatorzième quinzième`,
  'ordinal',
);
addInOrder(
  `prima/primo seconda/secondo terza/terzo quarta/quarto quinta/quinto sesta/sesto settima/settimo ottava/ottavo nona/nono decima/decimo
  undicesima/undicesimo dodicesima/dodicesimo tredicesima quattordicesima quindicesima`,
  'ordinal',
);
addInOrder(
  `erste/erstes/erster zweite/zweites/zweiter dritte/drittes/dritter vierte/viertes fünfte/fünftes sechste/sechstes siebte/siebtes
  achte/achtes neunte/neuntes zehnte/zehntes elfte/elftes zwölfte/zwölftes`,
  'ordinal',
);
addInOrder(
  `первое/первый/первая второе/второй/вторая третье/третий/третья четвёртое/четвёртый/четвёртая пятое/пятый/пятая шестое/шестой/шестая
  седьмое/седьмой/седьмая восьмое/восьмой/восьмая девятое/девятый/девятая десятое/десятый/десятая одиннадцатое/одиннадцатый/одиннадцатая
  двенадцатое/двенадцатый/двенадцатая тринадцатое четырнадцатое пятнадцатое шестнадцатое семнадцатое восемнадцатое девятнадцатое двадцатое`,
  'ordinal',
);
addInOrder(
  'birinci ikinci üçüncü dördüncü beşinci altıncı yedinci sekizinci dokuzuncu onuncu onbirinci onikinci',
  'ordinal',
);
addInOrder(
  'pertama kedua ketiga keempat kelima keenam ketujuh kedelapan kesembilan kesepuluh kesebelas kedua-belas',
  'ordinal',
);
addInOrder(
  'první druhé třetí čtvrté páté šesté sedmé osmé deváté desáté jedenácté dvanácté třinácté čtrnácté patnácté',
  'ordinal',
);
addInOrder('nhất nhì', 'ordinal');
const KOREAN_ONES = ['', '한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉'];
const KOREAN_TENS = ['', '열', '스물'];
const KOREAN_PARTICLES = ['', '는', '은', '가', '이'];
const particled = (word: string): string => KOREAN_PARTICLES.map((particle) => word + particle).join('/');
const koreanForms = (count: string): string =>
  [count, particled(`${count}번째`), particled(`${count}째`)].join('/');
const koreanCount = (number: number): string =>
  number === 1
    ? '첫'
    : number === 20
      ? '스무'
      : `${KOREAN_TENS[Math.floor(number / 10)] ?? ''}${KOREAN_ONES[number % 10] ?? ''}`;
addInOrder(Array.from({ length: 25 }, (_, at) => koreanForms(koreanCount(at + 1))).join(' '), 'ordinal');
add(['둘째', '셋째', '넷째', '마지막', '다음'].map(particled).join('/'), { ordinal: 0 });
for (const kind of ['번째', '째']) add(particled(kind), { isSuffix: true, isCopula: true });
add(`번은/번이 ${particled('단어')} ${particled('낱말')}`, { isNoun: true, isCopula: true });

add(
  'next last final siguiente última último próxima próximo suivant dernier seguente nächste letzte следующее последнее следующий последний sonraki son terakhir berikutnya',
  { ordinal: 0 },
);
add('twenty двадцать', { tens: 20 });
add('on décimo décima', { tens: 10 });
add('vigésima vigésimo', { tens: 20 });

addInOrder(
  `one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty`,
  'cardinal',
);
addInOrder(
  'uno/una/um/uma dos/dois/duas tres/três cuatro/quatro cinco seis siete/sete ocho/oito nueve/nove diez/dez once/onze doce/doze',
  'cardinal',
);
addInOrder('un deux trois quatre cinq six sept huit neuf dix onze douze', 'cardinal');
addInOrder('uno due tre quattro cinque sei sette otto nove dieci undici dodici', 'cardinal');
addInOrder('eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf', 'cardinal');
addInOrder('один/раз два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать', 'cardinal');
addInOrder('bir iki üç dört beş altı yedi sekiz dokuz', 'cardinal');
addInOrder('satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas', 'cardinal');
addInOrder('một hai ba bốn năm sáu bảy tám chín mười', 'cardinal');
addInOrder('하나 둘 셋 넷', 'cardinal');
add('tư', { cardinal: 4 });

add(
  'word words palabra palabras palavra parola parole mot mots wort slovo слово слова kelime kelimem kelimesi kata từ chữ',
  { isNoun: true },
);
add('one', { isOne: true });
add('is was are es era é est ist je là adalah это было reads says goes be', { isCopula: true });
add('the my and so la el mi y e o a le das и а затем потом dan ve', { isArticle: true });
add('number no num nr número номер nomor numéro numero ke thứ', { isPrefix: true });
add('st nd rd th ое ый ая й я е ª º a o er ère ème inci ıncı uncu üncü', { isSuffix: true });

/** What a folded word in lower case can be in a label; `undefined` for all others. */
export function labelWord(word: string): LabelWord | undefined {
  return table.get(word);
}
