import { foldedPattern } from './plain-text.js';

/** What people call a recovery phrase, in every shipped and some other languages. */
const SEED_WORDS = foldedPattern(
  [
    String.raw`mnemo|\bseeds?\b|seed.?phrase|(?:recovery|backup|back.up|secret|key).{0,2}(?:phrase|word)|\bphrases?\b|recovery (?:key|code)|(?:12|15|18|24|25|twelve|twenty.?four).{0,2}(?:secret |magic |recovery |key |seed )?words?\b|\bsrp\b|bip.?39|slip.?39|shamir|wallet backup|(?:my|these|the|first|last|some|only) \d{0,2} ?words\b|backup of my wallet`,
    '助记|助記|注记词|註記詞|种子词|种子短语|種子詞|恢复短语|恢復短語|恢复词|恢復詞|复原词|備份詞|备份词|助词器|(?:12|24|十二|二十四).{0,2}(?:个|個)?(?:单词|單詞|词|詞|字)|这些词|這些詞|[几幾][个個](?:单词|單詞|词|詞|字)|(?:单词|單詞)(?:是|就是|[:：])|[的个]词[是:]|钱包.{0,4}词|錢包.{0,4}詞|助計詞',
    '最初の単語|単語(?:だけ|しか|を(?:覚え|メモ))|単語です|この単語|シードフレーズ|シード句|ニーモニック|リカバリーフレーズ|復元フレーズ|秘密のフレーズ|フレーズ|(?:12|24).{0,2}(?:単語|個の単語|ワード)',
    '제 단어|앞(?:에|의)? ?단어|뒤(?:에|의)? ?단어|단어 ?몇|단어들|시드|니모닉|복구.{0,2}(?:구문|문구|단어|코드)|비밀.{0,2}(?:구문|문구)|(?:12|24)개.{0,2}(?:단어|낱말)',
    'frase.{0,12}(?:semilla|secreta|recupera|respaldo|mnem|seed)|palabras.{0,8}(?:semilla|secretas|clave|recupera)|(?:12|24|doce|veinticuatro) palabras|semillas?|(?:estas|mis|las|primeras|ultimas|unas) palabras',
    'мнемо|сид.?фраз|сид[аыу]?(?![а-я])|seed.?фраз|фраз.{1,4}(?:восстановлен|для восстановлен|кошел)|(?:секретн|резервн|кодов|seed|мнемоническ).{0,6}фраз|(?:12|24|двенадцать|двадцать четыре) слов|(?:эти|мои|первые|вот|последние) слова|помню (?:только )?(?:начало|конец|слова)',
    'cụm từ|từ khôi phục|từ khóa ví|(?:12|24) từ',
    'kurtarma (?:kelime|ifade|cümle)|tohum|gizli kelime|(?:12|24) kelime|anahtar kelime',
    'frase.{0,10}(?:recupera|secreta|semente|backup)|palavras.{0,8}(?:semente|secretas|recupera|chave)|(?:12|24|doze) palavras',
    'frasa.{0,3}(?:pemulihan|benih|rahasia)|kata.{0,3}(?:pemulihan|kunci|rahasia)|(?:12|24) kata',
    'phrase (?:secrète|de récupération)|(?:12|24) mots|graine|frase.{0,4}(?:seme|di recupero|segreta)|(?:12|24) parole|(?:12|24) slov|obnovovac',
  ].join('|'),
  'u',
);

/** Whether a stretch of plain, lower-case text speaks of a recovery phrase. */
export function namesSeed(lower: string): boolean {
  return SEED_WORDS.test(lower);
}
