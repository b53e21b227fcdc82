/**
 * Words that speak for or against fake support, by what they are about, of all ten languages together: text is folded
 * (`fold.ts`), so words of different languages hardly meet. A cue by itself says little; their weights were fitted.
 */
const CUES = {
  /** Speaks to the other. */
  you: /\b(?:you|your|yours|you're|ur|u|dear|friend|sir|bro|mate|usted|tu|tus|te|ti|contigo|aun|voce|seu|sua|lhe|oi|anda|ban|size|sizin|siz|sana|senin)\b|您|你|亲|親|あなた|お客様|고객님|회원님|당신|(?<!\p{L})(?:вы|вам|вас|ваш\p{L}*|тебе|тебя)(?!\p{L})/u,
  /** A talk that others do not see. */
  private:
    /\b(?:dms?|pms?|d\.m|inbox|in private|privately|private|privado|interno|particular|pv|direct message|directly|1 ?on ?1|one on one|my profile|start a chat|private room|ozel\w*|rieng|japri|pribadi|direct|md)\b|私聊|私信|私讯|私訊|私下|一对一|一對一|加我|找我|个别|個別|ダイレクト|개인 ?메시지|디엠|쪽지|갠톡|(?<!\p{L})(?:личк\p{L}*|лс|личн\p{L}+ сообщени\p{L}*)(?!\p{L})/u,
  /** Another app. */
  app: /\b(?:whats ?app|telegram|tele|signal|wechat|viber|skype|instagram|insta|ig|facebook|messenger|snapchat|zalo|zap|gmail|zoom|discord)\b|t\.me\/|wa\.me|微信|薇信|(?<![a-z])(?:vx|wx|qq|tg|line)(?![a-z])|飞机号|飛機號|电报|電報|賴|카카오톡|카톡|텔레그램|라인|ライン|телеграм\p{L}*|ватсап|вотсап/u,
  /** Somebody who helps by profession. */
  role: /\b(?:admins?|administrators?|administrador\w*|mods?|moderators?|moderador\w*|agents?|agente|support|soporte|suporte|destek\w*|dukungan|cs|customer (?:care|service|support)|help ?desk|help ?line|representatives?|officers?|engineers?|developers?|technicians?|technical|team|equipo|equipe|tim|experts?|experto|specialists?|atendente|ho tro|quan tri|staff|assistance|hotline|company|platform)\b|客服|管理员|管理員|专员|專員|工作人员|工作人員|技术|技術|老师|老師|人工|平台|后台|後台|官方|サポート|担当|運営|管理人|고객센터|고객지원|관리자|담당자|상담원|운영자|поддержк\p{L}*|админ\p{L}*|модератор\p{L}*|менеджер\p{L}*|оператор\p{L}*|специалист\p{L}*/u,
  /** Help is offered. */
  offer:
    /\b(?:i|we|he|she|they|it|team|admin|let me|let us)(?:'ll| will| can| could|'m here| am here)? ?(?:be able to )?(?:help|assist|guide|fix|solve|resolve|sort|unlock|restore|recover|check|walk|handle|attend|direct)\b|\b(?:how (?:may|can) (?:i|we) (?:help|assist)|still need help|need (?:any )?(?:help|assistance)|for (?:help|assistance|support|guidance)|to (?:be assisted|receive support|get (?:help|support|assistance))|sort it out|let'?s discuss|noticed your|(?:will )?reach out to (?:you|resolve)|only solution|solution|to (?:resolve|fix|solve|rectify|lift|unlock)|in minutes|ayudar\w*|ayudo|soluciono|resuelvo|resolver|para (?:el|ayudarte|liberar)|ajudar|ajudo|resolvo|resolver|yardim|cozmek|cozerim|cozeyim|giup|xu ly|giai quyet|mo khoa|de duoc|bantu\w*|membuka|penyelesaian|agar|untuk (?:bantuan|membuka|penyelesaian))\b|帮您|帮你|幫您|幫你|为您|為您|协助|協助|处理|處理|解决|解決|解冻|解凍|解锁|解鎖|解封|找回|追回|核实|核實|核验|核驗|赔付|賠付|请讲|在的|有什么可以|対応|解決|復旧|お手伝い|手続き|도와|처리|해결|복구|풀(?:어|려)|помо\p{L}+|реш\p{L}+|восстан\p{L}+|по вашему вопросу|для возврата/u,
  /** What nobody else may know. */
  secret:
    /\b(?:seeds?|recovery (?:phrase|words?|key|code)|secret (?:phrase|words?|key)|backup (?:phrase|words?)|mnemonics?|phrase|(?:12|24|twelve|twenty[ -]four)[ -]words?|your words|words in order|12\/24|private keys?|keys?|key ?store|passwords?|pin|otp|(?:6|six)[ -]digits?|codes?|qr|frase|semilla|palabras|clave|contrasena|codigo|senha|chave privada|palavras|frasa|kata|kunci|kode|cum tu|khoa|mat khau|ma otp|kelime\w*|anahtar|sifre\w*|kod\w*)\b|助记词|助記詞|私钥|私鑰|密码|密碼|验证码|驗證碼|认证码|認證碼|单词|單字|短语|短語|六位|6位|フレーズ|秘密鍵|コード|ニーモニック|パスワード|구문|니모닉|개인 ?키|비밀번호|인증 ?번호|단어|сид|фраз\p{L}*|слов\p{L}*|ключ\p{L}*|парол\p{L}*|(?<!\p{L})код\p{L}*/u,
  /** Handing over or typing in. */
  give: /\b(?:send|share|provide|submit|enter|type|give|tell|paste|drop|reply with|input|fill (?:in|out)?|forward|upload|put|show|read|write|sign in|log ?in|leave|envia\w*|manda\w*|dime|dame|comparte|pon|rellena\w*|ingresa\w*|introduce|passe?|preencha|informe|digite|kirim|berikan|isi|masukkan|beritahu|gui|nhap|cho toi biet|gonder\w*|yazin|yaz|paylas|girip)\b|发我|發我|发给|發給|告诉|告訴|提供|输入|輸入|填写|填寫|填|登记|登記|报给|報給|念给|念給|传给|傳給|把您|把你|教えて|送って|入力|記入|보내 ?주|알려 ?주|입력|말씀|отправ\p{L}*|пришл\p{L}*|введи\p{L}*|назов\p{L}*|сообщи\p{L}*|заполн\p{L}*/u,
  wallet:
    /\b(?:wallets?|accounts?|assets?|tokens?|coins?|funds|balance|billetera|cuenta|cartera|carteira|conta|dompet|akun|vi|tai khoan|cuzdan\w*|hesab\w*)\b|钱包|錢包|账户|帳戶|账号|帳號|资产|資產|余额|餘額|ウォレット|アカウント|資産|지갑|계정|자산|кошел\p{L}*|аккаунт\p{L}*|счет\p{L}*/u,
  rite: /\b(?:re-?)?(?:validat\w*|synchroni[sz]\w*|sync\w*|rectif\w*|authenticat\w*|white-?list\w*|migrat\w*|import\w*|reconcil\w*|verif\w*|authori[sz]\w*|connect\w*|approve|link your|activat\w*|update|upgrade|reconnect|mainnet|node|portal|dapps?|valida\w*|sincroniz\w*|conecta\w*|dogrula\w*|senkron\w*|bagla\w*|xac minh|xac thuc|dong bo|ket noi|sinkron\w*|hubungkan|memverifikasi)\b|验证|驗證|认证|認證|同步|激活|授权|授權|连接钱包|連接錢包|导入|導入|匯入|重新登录|重新登入|検証|同期|認証|接続|인증|동기화|검증|연결|다시 로그인|подтверд\p{L}*|верифи\p{L}*|синхрон\p{L}*|подключ\p{L}*/u,
  pay: /\b(?:pay|paying|deposit|transfer|send|fund|top up|settle|purchase|buy|pag\w+|deposita\w*|transfier\w*|transfir\w*|bayar|setor|nap|nop|chuyen|thanh toan|ode\w*|yatir\w*)\b|支付|交|缴|繳|付|充值|转\s?[0-9一]|轉\s?[0-9一]|先转|先轉|转到|轉到|打款|払|入金|振込|입금|지불|납부|оплат\p{L}*|заплат\p{L}*|внес\p{L}*|перевед\p{L}*/u,
  amount:
    /[$€£]\s?\d|\d\s?(?:usdt|usdc|btc|eth|bnb|sol|trx|usd|dollars?|u(?![a-z])|%|k\b)|\d{2,}\s?(?:元|块|塊)/u,
  fee: /\b(?:fees?|tax(?:es)?|guarantee|collateral|security deposit|commission|charge|insurance|gas|comision|tasa|impuesto|taxa|imposto|caucao|biaya|pajak|phi|thue|ucret\w*|komisyon\w*|vergi)\b|费|費|保证金|保證金|押金|税|稅|手数料|保証金|수수료|보증금|세금|комисси\p{L}*|налог\p{L}*|залог\p{L}*/u,
  release:
    /\b(?:unlock|release[ds]?|withdraw\w*|un-?freeze|restriction|lift|activate|payout|retir\w+|libera\w*|desbloque\w+|saque|penarikan|tarik|rut|mo khoa|cekim|serbest)\b|提现|提現|提币|提幣|提领|提領|解冻|解凍|解锁|解鎖|到账|到帳|放出|取出|出金|凍結|解除|출금|해제|풀(?:려|어)|вывод\p{L}*|вывест\p{L}*|разблок\p{L}*/u,
  comesBack:
    /\b(?:returned|refund\w*|give back|get back|compensat\w*|reembolso|devuel\w*|reembolso|iade|hoan (?:tien|lai)|kembali)\b|返还|返還|退还|退還|退款|赔|賠|补偿|補償|返金|환급|возврат\p{L}*/u,
  gift: /\b(?:air ?drops?|giveaways?|rewards?|bonus\w*|lucky|winners?|won|prizes?|selected|claim|grab|free|lottery|presale|drop|waiting|eligible|congrat\w*|premio|recompensa|sorteo|sorteio|gratis|hadiah|thuong|trung thuong|odul\w*|hediye\w*|felicid\w*|parabens)\b|空投|奖|獎|福利|幸运|幸運|抽中|中奖|领取|領取|红包|紅包|恭喜|エアドロップ|当選|報酬|プレゼント|에어드랍|당첨|보상|эирдроп\p{L}*|аирдроп\p{L}*|приз\p{L}*|бонус\p{L}*|наград\p{L}*/u,
  urgent:
    /\b(?:urgent\w*|immediately|right away|asap|within|tonight|hours?|final|last chance|otherwise|mandatory|must|required|have to|or (?:lose|risk)|before it|expires?|detected|suspicious|flagged|suspend\w*|deactivat\w*|compromised|breach|ahora|urgente|hoy|horas|agora|hoje|segera|jam|ngay|gap|hemen|acil|saat)\b|立即|马上|馬上|尽快|盡快|小时|小時|否则|否則|必须|必須|异常|異常|风险|風險|冻结|凍結|今すぐ|時間以内|至急|즉시|시간|정지|срочно|немедленно|сегодня|час\p{L}*/u,
  screen:
    /\b(?:any ?desk|team ?viewer|rust ?desk|screen ?shar\w*|your screen|remote access|remotely|pantalla|tela|man hinh|layar|ekran)\b|共享|屏幕|螢幕|远程|遠端|遠程|画面共有|リモート|화면 ?공유|원격|экран\p{L}*/u,
  rescue:
    /\b(?:recover(?:ed|y|s)?|retriev\w+|hackers?|investigator|detective|got (?:it|them|everything|my)|got back|did mine|fixed mine|helped me|sorted (?:it|mine)|recuper\w+|kurtar\w*|mengembalikan|lay lai)\b|追回|要回|解冻|解凍|大佬|黑客|駭客|取り戻|되찾|찾아 ?(?:줬|주)|верну\p{L}*|вернуть/u,
  please:
    /\b(?:please|pls|kindly|just|simply|click|go to|visit|follow|join|open|select|tap|por favor|entra|haz|clique|entre|acesse|silakan|mohon|klik|vui long|hay|truy cap|lutfen|tiklay\w*)\b|请|請|麻烦|麻煩|点击|點擊|点这|點這|去这|去這|打开|打開|扫|掃|ください|下さい|こちら|お願い|주세요|하세요|주시면|여기|이 사이트|пожалуйста|перейди\p{L}*|нажми\p{L}*|зайди\p{L}*|свяжи\p{L}*|пиши\p{L}*|напиши\p{L}*/u,
  greeting:
    /^\W{0,3}(?:hello|hi|hey|greetings|good (?:day|morning|evening|afternoon)|dear|sir|hola|ola|oi|halo|xin chao|merhaba|您好|你好|亲|親|здравствуи\p{L}*|добрый день|добрыи день|привет|안녕|こんにちは)/u,
  // against it
  question: /[?？]/u,
  own: /\b(?:i|my|mine|i'm|i've|me|yo|mi|mis|meu|minha|eu|saya|toi|ben|benim)\b|我|自分|私|저는|제가|제\s|내\s|(?<!\p{L})(?:я|мне|мои|моя|меня)(?!\p{L})/u,
  others:
    /\b(?:he|she|they|someone|somebody|anyone|anybody|nobody|people|users|members|guy|dude|who|alguien|alguem|seseorang|ai do|co nguoi|biri|birisi)\b|有人|别人|別人|他|她|对方|對方|骗子|騙子|誰|누가|사람|кто-то|какои-то/u,
  never:
    /\b(?:never|not|don'?t|doesn'?t|won'?t|can'?t|cannot|no|nobody|without|nunca|jamas|nadie|nao|ninguem|tidak|jangan|khong|dung|chua|asla|degil|kimse\w*|gelmiyor)\b|不|没|沒|别|勿|未|ません|ない|않|안 |마세요|없|(?<!\p{L})(?:не|нет|никогда|никто|никому|нельзя)(?!\p{L})/u,
  warns:
    /\b(?:scam\w*|fake\w*|phish\w*|impost\w*|imperson\w*|fraud\w*|thief|thieves|beware|careful|warning|psa|reminder|fyi|steal\w*|trick|report(?:ed|ing)?|banned|block(?:ed)? (?:him|her|them)|estafa\w*|fals[oa]s?|golpe\w*|cuidado|penipu\w*|palsu|lua dao|gia mao|sahte|dolandiri\w*)\b|骗|騙|诈|詐|钓鱼|釣魚|假|冒充|举报|舉報|检举|檢舉|小心|提醒|公告|詐欺|偽|注意|フィッシング|사기|사칭|가짜|조심|мошенн\p{L}*|развод|фальш\p{L}*|осторожно/u,
  past: /\b(?:was|were|had|did|got|received|came|told|asked|wanted|wrote|said|called|sent|gave|lost|paid|typed|clicked|tried|yesterday|last (?:week|month|night)|ago|already|me (?:dijo|pidio|escribio)|pediu|pediram|sudah|da)\b|昨天|刚才|剛才|刚刚|剛剛|已经|已經|了(?:[，。！？]|$)|ました|했어요|왔어요|줬어요|받았|написал\p{L}*|отправил\p{L}*|потерял\p{L}*/u,
  thanks:
    /\b(?:thanks|thank you|thx|solved|works now|worked|great|happy|gracias|obrigad\w*|terima kasih|cam on|tesekkur\w*)\b|谢谢|謝謝|感谢|感謝|正常了|好了|ありがとう|直りました|감사|고마|спасибо|заработало/u,
  channel:
    /\b(?:help ?center|in the (?:official )?app|through the app|the app|official (?:app|site|store)|contact form|settings|this (?:group|channel)|here in the|pinned|la app|por la app|pelo app|o app|aplikasi|ung dung|uygulama\w*)\b|应用|應用|帮助中心|說明中心|说明中心|アプリ|앱|приложени\p{L}*/u,
} as const;

export type Cue = keyof typeof CUES;

/** The cues in their order. */
export const CUE_NAMES = Object.keys(CUES) as readonly Cue[];

/** Which cues a folded text has. */
export function cuesOf(text: string): ReadonlySet<Cue> {
  return new Set(CUE_NAMES.filter((name) => CUES[name].test(text)));
}
