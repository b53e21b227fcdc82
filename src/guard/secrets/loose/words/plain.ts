import type { PlainWords } from '../cue-names.js';

/** By language, as far as words are set apart by blanks. */
export const PLAIN: readonly PlainWords[] = [
  {
    leads:
      "(?:pretty |quite |fairly |so |almost )?sure(?: it'?s| its)?|only ever had one,|answer(?: with)?|(?:keep|kept) (?:putting|typing|entering)|no numbers,? just|(?:mine|word|this one|the (?:old|new|right|real|second|first) one|the thing i (?:type|use|put)|answer|one|name|phrase) (?:is|was)|(?:used|typed|entered|tried|put|picked|wrote|keep putting|keep typing|keep entering)(?: in)?|(?:typed|wrote|saved|noted|spelled) (?:it )?(?:as|down)|because i (?:put|typed|use)|(?:boat|dog|cat|pet|kid|son|daughter|wife|husband|horse|street|band|team|car)(?: name)?,|what (?:i|we) (?:always |usually |normally |just )?(?:use|used|type|typed|enter|put|press|go with|picked|chose)(?: in| everywhere| always| here| there| for it| for everything| to (?:open|unlock) it)?(?: is| was|[.,:?]?(?: well| uh| um| so)?[,:]?)|(?:it'?s|it is|it was|thats|that's|its) (?:just |simply |only |literally |still |always |maybe |probably |either |the word |the words )?|(?:i|i've|we|he|she)(?: have| am| would)? (?:always |just |only |usually |normally |still |keep |kept )?(?:use|used|using|type|typed|typing|entering|enter|put|putting|write|wrote|tried|try|picked|chose|went with|go with)(?: in)?(?: it as)?|(?:log|logged|logging|sign|signed|get|got) in (?:with|using|by)|(?:set|changed|switched|reset) (?:it )?(?:back )?(?:to|as)|opens? (?:it )?with|unlocks? with|hint (?:says|is|was)[^.!?\\n]{0,40}(?:is|so|,)|(?:i )?(?:meant|mean)|try|trying|which is|(?:must|should|could|might|may|would) be|either|used to be|one is|one was|but with|(?:gave|told|sent|read|showed) (?:him|her|them|the (?:guy|man|agent|caller|woman|lady))",
    follows:
      'and|but|or|then|with|for|it|on|since|no|in|everywhere|is|was|works?|worked|so|because|not|all|like|same|thats|to|over|by|without|as|again|when|until|till|from|my|one|lowercase|lower|capital|now|before|both|yesterday|today|twice|every|always|too|right|pls|please|i|lol|this|incl|tho|though|at|what|if|were|which|after|just|still|im|ive|with|u|you|she|he|we|they',
    after:
      "all one word|is (?:what|the one|it|how) (?:i|we|that)|is what|that'?s (?:what|the one|how|it)|thats (?:what|the one|how|it)|was (?:what|the one)|has always|always (?:worked|opened)|used to (?:work|open)|(?:does ?n.?t|won.?t|wont|doesnt) (?:open|work|get me)",
  },
  {
    leads:
      '(?:lo|la) que (?:siempre )?(?:uso|puse|pongo|escribo|meto|ponia|usaba)(?: siempre| en todos? (?:lados|partes))?(?: es| era|[.,:])|que (?:escribo|pongo|uso),? ?(?:pues|bueno|y)?,?|(?:siempre |solo |yo )?(?:uso|usaba|puse|pongo|ponia|escribo|escribi|meto|metia|meti|ingreso|ingresaba|tecleo|probe|intente)(?: con| siempre)?|(?:entro|entraba|entre|abro|abria|abre) con|(?:la |lo )?(?:cambie|puse|deje) (?:a|por|en|como)|(?:es|era|seria|sera|fue|son) (?:solo |simplemente |la palabra |algo como )?|quise decir|(?:le|se la|se lo) (?:dije|di|dicte|mande|pase|lei)|de toda la vida,?|acordate,?|recuerda,?|pista (?:dice|es)[^.!?\\n]{0,40}(?:es|pues|,)|prueb[ae] (?:con)?',
    follows:
      'y|o|pero|con|para|en|desde|que|no|todo|asi|la|lo|es|sin|como|porque|igual|siempre|hasta|por|ahora|a|cuando|esa|ese|eso|ya|se|me|las|los|al|del',
    after: 'es (?:lo|la|el) que?|esa es|ese es|es la|era (?:lo|la) que?|siempre (?:fue|abria|entraba)',
  },
  {
    leads:
      '(?:я |всегда |обычно |просто |еще |как всегда )?(?:ввожу|вводил|вводила|ввел|ввела|вбиваю|вбивал|вбивала|набираю|набирал|набирала|пишу|писал|писала|использую|ставил|ставила|поставил|поставила|пробую|пробовал|пробовала|захожу с|заходил с|заходила с)|что (?:набираю|ввожу|пишу|ставлю)[.,:?]?(?: ну)?|(?:сменил|сменила|поменял|поменяла|изменил|изменила)(?: его)? на|запоминай,?|говорит,?|сказал[аи]?|назвал[аи]?|прочитал[аи]?|имел[аи]? в виду|это (?:просто |слово )?|должно быть|у меня,|подсказка[^.!?\\n]{0,40}(?:это|,)|попробуйте|попробуй|либо|было',
    follows:
      'и|а|но|или|либо|с|на|в|без|как|не|это|всё|все|так|потом|вроде|для|уже|же|тоже|по|пишет|со|до|то|такой|вот|из',
    after: 'вот что|это то|так (?:всегда )?(?:заходил|вводил)|всегда (?:подходил|пускал)|это он|был всегда',
  },
  {
    leads:
      '(?:saya |aku |gue )?(?:pakai|pake|masukin|masukkan|ketik|ganti jadi|ganti ke)|(?:eu )?(?:uso|usava|coloco|coloquei|digito|digitei|entro com|entrava com|mudei para|troquei para)|(?:e|era|seria|deve ser) (?:so |a palavra )?|itu|yaitu',
    follows: 'dan|atau|tapi|terus|untuk|di|sama|e|ou|mas|com|em|para|desde|sem|no|na|que|nao|ga|gak|tidak',
    after: 'itu yang|yang (?:saya|aku) pakai|e (?:o|a) que|e essa',
  },
];
