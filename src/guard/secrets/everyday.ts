/** Words of lists that every sentence is made of; they tell nothing. */
const EVERYDAY = new Set(
  'a all am an and any are as at be but by can could day did do for from get give go going got had has have he her here him his how i if in into is it its just know let like make many me more much must my need no not now of off on one only or our out over own she should so some such take tell than that the their them then there these they this time to too two under up us use very want was way we well what when where which who why will with would year yes you your'.split(
    ' ',
  ),
);

/** Whether a word is one of those; in lower case. */
export function isEveryday(word: string): boolean {
  return EVERYDAY.has(word);
}

/** English list words that every talk about a wallet is full of: they tell nothing here. */
const SHOP_TALK = new Set(
  (
    'access account action address agent alert answer asset attack bank call cash change check code coin company contact ' +
    'crypto customer device email error exchange file fix fraud help income key loan lock lost message mobile money ' +
    'notice online order pay payment permit person phone phrase please predict problem protect receive recover recovery ' +
    'return scam screen search secret security seed service share sign start step stop support swap ticket token top ' +
    'transfer trust unlock update upgrade use vault verify view wallet warning word'
  ).split(' '),
);

/** Whether a word is one of those; in lower case. */
export function isShopTalk(word: string): boolean {
  return SHOP_TALK.has(word);
}
