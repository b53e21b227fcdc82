import type { LanguageSigns } from './language-signs.js';

const any = (...sources: readonly string[]): readonly RegExp[] =>
  sources.map((source) => new RegExp(source, 'u'));

/** `\\w` and `\\b` know Latin letters only, and folding takes the breve off й. */
const cyrillic = (source: string): string =>
  source
    .replaceAll('\\w', '[\\p{L}\\p{N}_]')
    .replaceAll('\\b', '(?<![\\p{L}](?=[\\p{L}]))(?!(?<=[\\p{L}])[\\p{L}])')
    .replaceAll('й', 'и')
    .replaceAll('ё', 'е');
const anyCyrillic = (...sources: readonly string[]): readonly RegExp[] => any(...sources.map(cyrillic));

const APP =
  '(?:whats ?app|telegram|телеграм\\w*|телег\\w*|тг|вотсап\\w*|ватсап\\w*|signal|wechat|viber|вайбер|skype|discord|instagram|facebook|messenger|zalo|line)';
const TARGET = `(?:@\\w{3,}|\\+\\d[\\d ().-]{7,}|(?:t|wa)\\.me|${APP})`;
const EVENTS = '(?:air ?drop|эирдроп|аирдроп)';

const ES_SECRET =
  '(?:frase|semilla|(?:12|24|doce) palabras|palabras|clave privada|claves?|contrasena|codigo|pin|credenciales|qr)';

/** Spanish; accents are folded away. */
export const SPANISH: LanguageSigns = {
  contact: any(
    '(?:escrib\\w+|mand\\w+|envi\\w+|habl\\w+|contact\\w+|dej\\w+).{0,24}(?:privado|\\bdm\\b|\\bmd\\b|mensaje directo|interno|inbox)',
    '(?:te|le) (?:envie|mande|escribi|deje|he enviado|he escrito).{0,16}(?:mensaje|privado|dm|md|interno)',
    '(?:administrador|admin|soporte|agente|asesor).{0,12}(?:te|le) (?:escribira|contactara|va a escribir|enviara)',
    `(?:escrib\\w+|contact\\w+|habl\\w+|comunic\\w+|agreg\\w+|llam\\w+).{0,40}${TARGET}`,
  ),
  secret: any(
    `(?:envia\\w*|manda\\w*|da(?:me|nos)|di(?:me|nos)|comparte\\w*|proporcion\\w+|ingres\\w+|introduc\\w+|escrib\\w+|pon|pega|pasa\\w*|facilit\\w+).{0,30}${ES_SECRET}`,
  ),
  ritual: any(
    '(?:debes|debe|tienes que|tiene que|hay que|necesitas|necesita|es necesario|para).{0,16}(?:validar|sincronizar|rectificar|autenticar|migrar|reimportar|revalidar).{0,20}(?:billetera|wallet|cuenta|monedero|cartera)',
  ),
  ritualWithLink: any(
    '(?:valid\\w+|verific\\w+|sincroniz\\w+|conect\\w+|vincul\\w+|restaur\\w+|desbloque\\w+|import\\w+|autentic\\w+|recuper\\w+|activ\\w+).{0,24}(?:billetera|wallet|cuenta|monedero|cartera|identidad)',
    '(?:entra|haz clic|pulsa|accede|visita|usa).{0,24}(?:enlace|link|portal|pagina|sitio|aqui)',
    'verifica ahora',
  ),
  fee: any(
    '(?:pag\\w+|deposit\\w+|abon\\w+|transfier\\w+).{0,24}(?:comision|tasa|impuesto|deposito|tarifa|cuota|fianza).{0,40}(?:libera\\w*|retir\\w+|desbloque\\w+|activa\\w+|llega|antes|primero)',
  ),
  remote: any(
    '(?:instal\\w+|descarg\\w+|abr\\w+|compart\\w+).{0,20}(?:anydesk|teamviewer|pantalla|acceso remoto)',
  ),
  gift: any(
    `(?:${EVENTS}|premio|recompensa|bono|regalo|sorteo|reembolso|compensacion).{0,40}(?:conect\\w+|reclam\\w+|recib\\w+|aqui|enlace|gratis)`,
    `(?:reclam\\w+|recib\\w+).{0,24}(?:${EVENTS}|premio|recompensa|tokens?|usdt|bono)`,
  ),
  threat: any(
    '(?:suspend\\w+|bloque\\w+|cerrad\\w+|congelad\\w+|eliminad\\w+|desactivad\\w+|limitad\\w+).{0,24}(?:horas|hoy|ahora|inmediat\\w+|pronto)',
    'ultimo aviso|urgente',
  ),
  rescuer: any(
    '(?:recuper\\w+|devolv\\w+|rescat\\w+).{0,30}(?:mis|mi|fondos|dinero|cuenta).{0,40}(?:@|escrib|contact|gracias)',
    'gracias a @\\w+',
  ),
  role: any(
    '(?:soy|somos|te habla|habla|del|de)\\s(?:el |la |del |de la |un |una )?(?:equipo de )?(?:soporte|administrador\\w*|moderador\\w*|atencion al cliente|servicio al cliente|agente|tecnico)',
  ),
  offer: any(
    '(?:puedo|podemos|te|le|para|yo).{0,12}(?:ayud\\w+|asist\\w+|resolv\\w+|resuelv\\w+|desbloque\\w+|restaur\\w+|solucion\\w+)',
  ),
  topic:
    /\b(?:billetera|wallet|cuenta|soporte|ayuda|valid\w+|verific\w+|reclam\w+|premio|recompensa|fondos|retir\w+|desbloque\w+|resolver|solucion\w+|restaur\w+|recuper\w+|conect\w+|agente|admin\w*|airdrop|error)\b/u,
  care: /\b(?:papel|sin conexion|app oficial|aplicacion oficial|guarda\w*|copia de seguridad)\b/u,
  never: /\b(?:no|nunca|jamas|nadie|ningun\w*|ni|tampoco|sin|evita|cuidado|ojo)\b/u,
  quiet: {
    asks: /^(?!.*necesit\w* ayuda).*[¿?]|\b(?:es real|es estafa|que hago|como (?:puedo|contacto|hago))\b/u,
    tells:
      /\b(?:me (?:escrib\w+|dij\w+|dice\w*|pid\w+|mand\w+|llam\w+)|diciendo|alguien|un tal|le di|haciendose pasar|recibi)\b/u,
    warns: /\b(?:cuidado|ojo|estafa\w*|fals[oa]s?|phishing|atencion|aviso|suplant\w+|nunca|nadie)\b/u,
    own: /\b(?:no me llega|no puedo|perdi|olvide|ayuda por favor|gracias, ya|le di)\b/u,
  },
};

const PT_SECRET =
  '(?:frase|semente|(?:12|24|doze) palavras|palavras|chave privada|senha|codigo|pin|credenciais|qr)';

/** Portuguese; accents are folded away. */
export const PORTUGUESE: LanguageSigns = {
  contact: any(
    '(?:cham\\w+|mand\\w+|envi\\w+|escrev\\w+|fal\\w+|contat\\w+).{0,24}(?:privado|\\bpv\\b|\\bdm\\b|inbox|direct|particular|mensagem direta)',
    '(?:te|lhe) (?:mandei|enviei|chamei).{0,16}(?:mensagem|privado|pv|dm|direct)?',
    '(?:administrador|admin|suporte|atendente).{0,12}(?:vai te|ira te|vai lhe) (?:chamar|escrever|mandar)',
    `(?:cham\\w+|fal\\w+|contat\\w+|entre em contato|adicion\\w+|escrev\\w+).{0,40}${TARGET}`,
  ),
  secret: any(
    `(?:envi\\w+|mand\\w+|pass\\w+|compartilh\\w+|diga|inform\\w+|forne\\w+|digit\\w+|insir\\w+|coloque|me da|me fala).{0,30}${PT_SECRET}`,
  ),
  ritual: any(
    '(?:precisa|deve|tem que|necessario|para).{0,16}(?:validar|sincronizar|retificar|autenticar|migrar|reimportar).{0,20}(?:carteira|wallet|conta)',
  ),
  ritualWithLink: any(
    '(?:valid\\w+|verifi\\w+|sincroniz\\w+|conect\\w+|vincul\\w+|restaur\\w+|desbloque\\w+|import\\w+|autentic\\w+|recuper\\w+|ativ\\w+).{0,24}(?:carteira|wallet|conta|identidade)',
    '(?:clique|entre|acesse|use).{0,24}(?:link|portal|pagina|site|aqui)',
  ),
  fee: any(
    '(?:pag\\w+|deposit\\w+|transfir\\w+).{0,24}(?:taxa|imposto|deposito|comissao|tarifa|caucao).{0,40}(?:libera\\w*|saque|desbloque\\w+|ativa\\w+|primeiro|antes)',
    '(?:taxa de (?:desbloqueio|liberacao)).{0,30}(?:primeiro|antes|pag)',
  ),
  remote: any(
    '(?:instal\\w+|baix\\w+|abr\\w+|compartilh\\w+).{0,20}(?:anydesk|teamviewer|tela|acesso remoto)',
  ),
  gift: any(
    `(?:${EVENTS}|premio|recompensa|bonus|sorteio|reembolso).{0,40}(?:conect\\w+|resgat\\w+|receb\\w+|aqui|link|gratis)`,
    `(?:resgat\\w+|receb\\w+).{0,24}(?:${EVENTS}|premio|recompensa|tokens?|usdt|bonus)`,
  ),
  threat: any(
    '(?:suspens\\w+|bloque\\w+|encerrad\\w+|congelad\\w+|desativad\\w+).{0,24}(?:horas|hoje|agora|imediat\\w+)',
    'ultimo aviso|urgente',
  ),
  rescuer: any(
    '(?:recuper\\w+|devolv\\w+).{0,30}(?:meu|minha|meus|dinheiro|fundos|conta).{0,40}(?:@|cham|contat|obrigad)',
    'gracas a[oa]? @\\w+',
  ),
  role: any(
    '(?:sou|somos|aqui e|falo|do|da)\\s(?:o |a |do |da |um |uma )?(?:equipe de )?(?:suporte|administrador\\w*|moderador\\w*|atendimento|atendente|tecnico)',
  ),
  offer: any(
    '(?:posso|podemos|te|para|eu|que eu).{0,12}(?:ajud\\w+|resolv\\w+|desbloque\\w+|restaur\\w+|liber\\w+)',
    'para (?:liberar|resolver|desbloquear)',
  ),
  topic:
    /\b(?:carteira|wallet|conta|suporte|ajuda|valid\w+|verific\w+|resgat\w+|premio|recompensa|fundos|saque|desbloque\w+|resolver|restaur\w+|recuper\w+|conect\w+|atendente|admin\w*|airdrop|erro)\b/u,
  care: /\b(?:papel|offline|app oficial|aplicativo oficial|guarde|backup)\b/u,
  never: /\b(?:nao|nunca|jamais|ninguem|nenhum\w*|nem|sem|evite|cuidado)\b/u,
  quiet: {
    asks: /^(?!.*precis\w* de ajuda).*\?|\b(?:e golpe|e verdade|o que faco|como (?:falo|faco|posso))\b/u,
    tells:
      /\b(?:me (?:pedi\w+|mand\w+|falou|disse|cham\w+ dizendo)|pediram|pediu|um suposto|alguem|recebi|fingindo|se passando)\b/u,
    warns: /\b(?:cuidado|golpe\w*|fals[oa]s?|phishing|atencao|aviso|nunca|ninguem)\b/u,
    own: /\b(?:nao recebo|nao consigo|perdi|esqueci)\b/u,
  },
};

const RU_SECRET =
  '(?:сид|фраз\\w*|(?:12|24|двенадцать) слов\\w*|слов[ао]?|приватн\\w+ ключ\\w*|ключ\\w*|парол\\w*|код\\w*|пин\\w*|мнемоник\\w*|qr)';

/** Russian. */
export const RUSSIAN: LanguageSigns = {
  contact: anyCyrillic(
    '(?:пиши\\w*|напиши\\w*|обращай\\w*|обрати\\w*|свяжи\\w*|стучи\\w*|жду).{0,24}(?:личк\\w*|\\bлс\\b|личн\\w+|приват\\w*|директ\\w*|мне)',
    '(?:я|мы) (?:вам )?(?:написал\\w*|отправил\\w*)(?: вам)?.{0,12}(?:личк\\w*|лс|сообщени\\w*)',
    '(?:администратор|админ|менеджер|специалист|оператор)\\w*.{0,12}(?:вам )?(?:напишет|свяжется|ответит в лс)',
    `(?:пиши\\w*|напиши\\w*|обрати\\w*|обращай\\w*|свяжи\\w*|добавь\\w*|звони\\w*|позвони\\w*).{0,50}${TARGET}`,
  ),
  secret: anyCyrillic(
    `(?:отправь\\w*|пришли\\w*|скинь\\w*|назови\\w*|сообщи\\w*|введи\\w*|укажи\\w*|дай\\w*|продиктуй\\w*|предостав\\w*|перешли\\w*|скажи\\w*).{0,30}${RU_SECRET}`,
  ),
  ritual: anyCyrillic(
    '(?:нужно|необходимо|надо|должны|требуется).{0,16}(?:подтверд\\w+|верифицир\\w+|синхронизир\\w+|провер\\w+|валидир\\w+|перенес\\w+|активир\\w+).{0,20}(?:кошел\\w+|аккаунт\\w*|счет\\w*)',
    '^(?:синхронизир\\w+|верифицир\\w+|подтверд\\w+) (?:свой |ваш )?(?:кошел\\w+)',
  ),
  ritualWithLink: anyCyrillic(
    '(?:подтверд\\w+|верифи\\w+|синхрониз\\w+|подключ\\w+|привяж\\w+|восстанов\\w+|разблокир\\w+|импортир\\w+|активир\\w+).{0,24}(?:кошел\\w+|аккаунт\\w*|счет\\w*|личност\\w+)',
    '(?:перейди\\w*|нажми\\w*|зайди\\w*|откро\\w+).{0,24}(?:ссылк\\w+|сайт\\w*|страниц\\w+|портал\\w*)',
  ),
  fee: anyCyrillic(
    '(?:оплат\\w+|заплат\\w+|внес\\w+|перевед\\w+|пополн\\w+).{0,24}(?:комисси\\w+|налог\\w*|залог\\w*|депозит\\w*|взнос\\w*|сбор\\w*).{0,40}(?:вывод\\w*|вывест\\w*|разблок\\w+|разморо\\w+|снят\\w+|актив\\w+)?',
    '(?:вывести|вывод|снять|разблокир\\w+).{0,30}(?:сначала|нужно|необходимо).{0,12}(?:оплат\\w+|заплат\\w+|внес\\w+)',
  ),
  remote: anyCyrillic(
    '(?:установи\\w*|скача\\w*|включи\\w*|откро\\w+|дай\\w*).{0,24}(?:anydesk|teamviewer|демонстраци\\w+|экран\\w*|удаленн\\w+)',
  ),
  gift: anyCyrillic(
    `(?:${EVENTS}|приз\\w*|наград\\w*|бонус\\w*|розыгрыш\\w*|компенсац\\w+|раздач\\w+).{0,40}(?:подключ\\w+|получ\\w+|забер\\w+|ссылк\\w+|успей)`,
    `(?:получ\\w+|забер\\w+).{0,24}(?:${EVENTS}|приз\\w*|наград\\w*|бонус\\w*|usdt)`,
  ),
  threat: anyCyrillic(
    '(?:заблокир\\w+|заморож\\w+|приостанов\\w+|удален\\w*|ограничен\\w*).{0,24}(?:час\\w*|сегодня|немедленно|срочно|сейчас)',
    'срочно|последнее предупреждение',
  ),
  rescuer: anyCyrillic(
    '(?:верну\\w+|помог\\w+ вернуть).{0,30}(?:деньги|средства|крипт\\w+|монеты|кошел\\w+).{0,40}(?:@|пиши|благодаря|спасибо)',
    'благодаря @\\w+',
  ),
  role: anyCyrillic(
    '(?:я|мы|это|вас приветствует)\\s(?:из |от )?(?:официальн\\w+ )?(?:техподдержк\\w*|служб\\w* поддержки|поддержк\\w*|администратор\\w*|модератор\\w*|менеджер\\w*|специалист\\w*)',
  ),
  offer: anyCyrillic(
    '(?:помог\\w+|поможем|помощь|решит|решим|решу|восстанов\\w+|разблокир\\w+|провер(?:им|ю))',
    'техподдержк\\w+',
  ),
  topic: new RegExp(
    cyrillic(
      String.raw`кошел\w+|аккаунт\w*|счет\w*|поддержк\w+|верифи\w+|подтверд\w+|получ\w+|бонус\w*|приз\w*|вывод\w*|разблокир\w+|реш\w+|восстан\w+|верн\w+|подключ\w+|помо\w+|админ\w*|ошибк\w+|средств\w*`,
    ),
    'u',
  ),
  care: new RegExp(cyrillic(String.raw`бумаг\w+|офлайн|официальн\w+ приложени\w+|резервн\w+`), 'u'),
  never: new RegExp(
    cyrillic(
      String.raw`(?:^|[^\p{L}])(?:не|никогда|никому|никто|ни|нельзя|без|осторожно|внимание)(?![\p{L}])`,
    ),
    'u',
  ),
  quiet: {
    asks: new RegExp(
      cyrillic(
        String.raw`\?|(?:это (?:развод|правда|мошенник)|что делать|как (?:связаться|восстановить|быть))`,
      ),
      'u',
    ),
    tells: new RegExp(
      cyrillic(
        String.raw`(?:мне (?:написал\w*|пишут|звонил\w*|сказал\w*)|какой-то|кто-то|просят|просит|пишут|от имени|я отправил|получил сообщение)`,
      ),
      'u',
    ),
    warns: new RegExp(
      cyrillic(
        String.raw`(?:осторожно|внимание|мошенник\w*|развод|фальшив\w+|фейк\w*|фишинг|никогда|никому)`,
      ),
      'u',
    ),
    own: new RegExp(
      cyrillic(String.raw`(?:не приходит|не могу|потерял|забыл|заработало|я отправил|помогите)`),
      'u',
    ),
  },
};

const TR_SECRET =
  '(?:kurtarma|tohum|gizli|(?:12|24) kelime\\w*|kelime\\w*|ozel anahtar\\w*|sifre\\w*|parola\\w*|kod\\w*|pin\\w*|qr)';

/** Turkish; accents are folded away. */
export const TURKISH: LanguageSigns = {
  contact: any(
    '(?:ozelden|ozel mesaj|dm|direkt mesaj|ozele).{0,16}(?:yaz\\w*|gel\\w*|at\\w*|gonder\\w*)',
    '(?:ozelden|dm).{0,12}(?:yazdim|attim|gonderdim)',
    `${TARGET}.{0,30}(?:yaz\\w*|ulas\\w*|iletisim\\w*|ekle\\w*|ara\\w*|mesaj)`,
    `(?:yaz\\w*|ulas\\w*|ekle\\w*).{0,20}${TARGET}`,
  ),
  secret: any(`${TR_SECRET}.{0,20}(?:gonder\\w*|paylas\\w*|yaz\\w*|gir\\w*|ver\\w*|soyle\\w*|ilet\\w*)`),
  ritual: any(
    '(?:cuzdan\\w*|hesab\\w*).{0,20}(?:dogrula\\w*|senkronize\\w*|onayla\\w*|tasi\\w*).{0,8}(?:gerek\\w*|lazim|zorunda\\w*)',
  ),
  ritualWithLink: any(
    '(?:cuzdan\\w*|hesab\\w*|kimli\\w*).{0,20}(?:dogrula\\w*|senkron\\w*|bagla\\w*|onayla\\w*|kurtar\\w*|ac\\w*)',
    '(?:linke|baglantiya|siteye|buradan).{0,20}(?:tikla\\w*|gir\\w*|dogrula\\w*)',
  ),
  fee: any(
    '(?:ucret\\w*|komisyon\\w*|vergi\\w*|depozito\\w*|teminat\\w*).{0,20}(?:ode\\w*|yatir\\w*|gonder\\w*).{0,30}(?:cek\\w*|acil\\w*|serbest|cozul\\w*)?',
  ),
  remote: any(
    '(?:ekran paylasimi|anydesk|teamviewer|uzaktan).{0,20}(?:ac\\w*|indir\\w*|kur\\w*|baglan\\w*|ver\\w*)',
  ),
  gift: any(
    `(?:${EVENTS}|odul\\w*|hediye\\w*|bonus\\w*|iade\\w*).{0,40}(?:bagla\\w*|al\\b|alin\\w*|tikla\\w*|basla\\w*)`,
  ),
  threat: any(
    '(?:askiya alin\\w*|dondurul\\w*|kapatil\\w*|engellen\\w*|silin\\w*).{0,24}',
    '(?:son uyari|acil|saat icinde|hemen)',
  ),
  rescuer: any('(?:geri al\\w*|kurtar\\w*).{0,30}@\\w+', '@\\w+ sayesinde'),
  role: any(
    '(?:resmi )?(?:destek|yonetici|admin|moderator|musteri hizmetleri)(?: ekibi\\w*)?(?:nden|yim|den|im|n)?\\b',
  ),
  offer: any('(?:yardim|cozer\\w*|coze\\w*|yardimci|geri yukle\\w*|destek icin)'),
  topic:
    /\b(?:cuzdan\w*|hesab\w*|destek\w*|dogrula\w*|odul\w*|airdrop|cek\w*|cozum\w*|cozer\w*|kurtar\w*|bagla\w*|yardim\w*|fon\w*|iade\w*)\b/u,
  care: /\b(?:kagit|cevrimdisi|resmi uygulama|yedek\w*)\b/u,
  never: /\b(?:asla|kimseyle|kimse|hicbir|degil|vermeyin|paylasmayin|yazmaz|istemez|dikkat)\b/u,
  quiet: {
    asks: /\?|\b(?:gercek mi|dolandirici mi|nasil|ne yapmaliyim)\b/u,
    tells: /\b(?:biri|birisi|istedi|istiyor|soyleyen|mesaj aldim|yazdi|dedi)\b/u,
    warns: /\b(?:dikkat|sahte|dolandirici\w*|oltalama|asla|kimseyle)\b/u,
    own: /\b(?:gelmiyor|giremiyorum|unuttum|kaybettim)\b/u,
  },
};
