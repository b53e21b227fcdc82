import type { LanguageSigns } from './language-signs.js';

const AGENT = String.raw`(?:admins?|administrators?|mods?|moderators?|support|agents?|customer (?:care|service|support)|help ?desk|help ?line|representatives?|officers?|engineers?|developers?|devs?|technicians?|team|desk|experts?|specialists?|managers?|staff|operators?|assistants?|hotline|consultants?)`;
const WHERE = String.raw`(?:@\w{3,}|\+?\d[\d ().-]{7,}|(?:t|wa)\.me|whats ?app|telegram|signal|wechat|line|viber|skype|discord|instagram|insta|facebook|messenger|snapchat|kik|gmail|e-?mail|zangi|teams)`;
const APP = String.raw`(?:whats ?app|telegram|signal|wechat|viber|skype|instagram|insta|facebook|messenger|snapchat|kik|zangi)`;
const SECRET = String.raw`(?:(?:seed|recovery|secret|backup|mnemonic|wallet|pass)[ -]?(?:phrases?|words?|keys?|codes?|logins?)|phrases?|mnemonics?|seeds?|(?:12|24|twelve|twenty[ -]four)[ -](?:words?|phrases?|word (?:seed|recovery|secret|backup)? ?phrase)|private keys?|secret keys?|\bkeys\b|key ?store(?: files?| json)?|passwords?|pass ?codes?|pin(?: codes?)?|wallet logins?|log[ -]?ins?(?: details)?|credentials|(?:6|six)[ -]digits?(?: codes?)?|(?:otp|sms|verification|authenticator|2fa|security|login) ?codes?|the codes?|qr ?codes?)`;
const GIVE = String.raw`(?:send|share|provide|submit|enter|type(?: in)?|give|tell|paste|drop|reply with|input|fill in|forward|upload|put in|put|hand over|show|read (?:out|me)|import|export|confirm|disclose|supply|insert|state|write down)`;
const RITE = String.raw`(?:re-?)?(?:validat(?:e|ed|ing|ion)|synchroni[sz](?:e|ed|ing|ation)|sync(?:ed|ing)?|rectif(?:y|ied|ication|ying)|authenticat(?:e|ed|ing|ion)|white-?list(?:ed|ing)?|migrat(?:e|ed|ing|ion)|re-?imported|re-?importing|re-?import|harmoni[sz]e|decrypt|re-?activat(?:e|ing|ion)|upgrade|link|re-?connect|verif(?:y|ied|ication|ying)|revoke|stabili[sz]e|config(?:ure)?|de-?bug|unify|bind)`;
const STRONG_RITE = String.raw`(?:re-?)?(?:validat(?:e|ed|ing)|synchroni[sz](?:e|ed|ing)|rectif(?:y|ied|ying)|authenticat(?:e|ed|ing)|white-?list(?:ed|ing)?|migrat(?:e|ed|ing)|re-?imported|re-?importing|re-?import|import|harmoni[sz]e|re-?verif(?:y|ied))`;
const PORTAL = String.raw`(?:portal|server|dapps?(?: browser)?|(?:validation|verification|migration|resolution|rectification|appeal|sync|authentication|recovery|support|restore|claim|official) (?:page|site|form|link|portal|tool|protocol)|node|blockchain|protocol|form)`;

const any = (...sources: readonly string[]): readonly RegExp[] =>
  sources.map((source) => new RegExp(source, 'u'));

/** English. */
export const ENGLISH: LanguageSigns = {
  contact: any(
    String.raw`\b(?:dm|pm|inbox|d\.m|p\.m)\b[^,]{0,12}\b(?:me|us|him|her|the|an|our|now|@\w+|for)\b`,
    String.raw`\b(?:send|shoot|drop|leave|slide|write|text|hit|ping|come|step)\b.{0,24}\b(?:dms?|pms?|inbox|direct message|private message|private chat|message (?:first|privately))\b`,
    String.raw`\b(?:message|text|write|chat|talk|contact|ping|speak|tell)\b.{0,30}\b(?:in private|privately|private(?:ly)? chat|1 ?on ?1|one on one|directly|direct)\b`,
    String.raw`\b(?:in|via|by|through|to) (?:my|our|the) (?:dms?|pms?|inbox|private)\b`,
    String.raw`\b(?:message|text|write|inbox) (?:to )?(?:me|us)\b.{0,40}\b(?:help|assist|resolve|solve|fix|guid|support|so (?:that )?(?:i|we)|for)\b`,
    String.raw`\b(?:contact|message|text|write|reach(?: out)?|chat|talk|ping|dm|pm|add|speak|call|email|e-mail|hit up|get in touch|connect|ask|complain|report)\b.{0,60}${WHERE}`,
    String.raw`\b(?:contact|message|text|write|reach(?: out)?|chat|talk|speak|connect)\b.{0,12}\b(?:to|with|our|the|an?|live)\b.{0,12}\b${AGENT}\b.{0,20}\b(?:here|now|below|this link|on|directly|him|her)\b`,
    String.raw`\b(?:connect|put|link|transfer|escalate)\b.{0,12}\b(?:you|it|this)\b.{0,12}\b(?:to|with|through)\b.{0,8}\b${AGENT}\b`,
    String.raw`\b(?:drop|send|give|leave|what'?s|share)\b.{0,14}\b(?:your|ur)\b.{0,12}\b(?:whats ?app|telegram|phone|number|e-?mail)\b`,
    String.raw`\b${AGENT}\b.{0,30}\b(?:on|via|at|through)\b.{0,12}\b${APP}\b.{0,4}[:@+]`,
    String.raw`\b(?:he|she|his|her)\b.{0,8}\bnumber is\b`,
    String.raw`@\w{4,}.{0,30}\b(?:fixed|solved|helped|resolved|sorted|restored|recovered|retrieved|will (?:help|fix|solve))\b`,
    String.raw`\b(?:open|create|raise)\b.{0,10}\bticket\b.{0,16}\b(?:dms?|pms?|inbox|private|@\w+)\b`,
    String.raw`\b(?:lay|lodge|submit|file)\b.{0,10}\b(?:your )?complaints?\b`,
    String.raw`\b(?:${AGENT}|i|we|he|she|someone|somebody|colleague)\b.{0,12}\b(?:will|'ll|is going to|are going to|shall|gonna|about to)\b.{0,12}\b(?:dm|pm|message|text|inbox|write(?: to)?|add) (?:you|u)\b`,
    String.raw`\b(?:i|we)(?:'ve| have|'d| just)? ?(?:just )?(?:sent|dm'?e?d|messaged|texted|dropped|pinged|written to|wrote to|added)\b.{0,12}\b(?:you|u|your)\b(?! (?:the|a) (?:link|screenshot|hash|tx|transaction|invite))`,
    String.raw`\b(?:check|open|look (?:at|in|into)|reply (?:to|in)|respond (?:to|in)|accept)\b.{0,12}\b(?:your|ur|my)\b.{0,10}\b(?:dms?|pms?|inbox|direct messages?|private messages?|message requests?|friend requests?|request)\b`,
    String.raw`\b(?:support|service|help|${AGENT})\b.{0,24}\b(?:available|reachable|active|works?|only|found|now)\b.{0,16}\b(?:on|at|via|through)\b.{0,8}\b(?:${APP}|t\.me)`,
    String.raw`\b(?:write|message|text|contact|dm|add|find|follow) me (?:on|at|via|through) (?:ig|fb|insta|tg|wa|${APP})`,
    String.raw`\b(?:support|service|care|help ?desk|help ?line)\b.{0,14}\b(?:number|line|phone)\b.{0,8}\d[\d ().-]{6,}`,
    String.raw`\b${AGENT}\b.{0,24}\+\d[\d ().-]{7,}`,
    String.raw`\b(?:call|dial|phone|toll[ -]?free)\b.{0,30}\+?\d[\d ().-]{7,}`,
  ),
  secret: any(
    String.raw`\b${GIVE}\b.{0,40}\b${SECRET}`,
    String.raw`\b(?:need|require|asked .{0,30} to submit)\b.{0,30}\b(?:your|ur|the)\b.{0,12}\b${SECRET}`,
    String.raw`\bscan\b.{0,12}\bqr\b.{0,60}\b(?:verify|authenticat|connect|confirm|wallet|we|i)\b`,
    String.raw`\btell me the code\b`,
    String.raw`\bwhat(?:'s| is| are)? (?:your|ur)\b.{0,12}\b${SECRET}`,
    String.raw`\b(?:link|connect|import|restor\w+|sync\w*|fix|verify|validate|unlock|access|activate|log ?in|sign ?in)\b.{0,40}\b(?:with|using|by|via)\b.{0,16}\b(?:your|ur|the)\b.{0,12}\b${SECRET}`,
    String.raw`\b(?:fill (?:in|out)|provide|following|details|include|state)\b.{0,80}\b(?:seed|recovery|12/24|(?:12|24|twelve)[ -]words?|word phrase|private key)`,
    String.raw`\b(?:i|we)(?:'ll| will)?\b.{0,8}\b(?:need|require|want)\b.{0,16}\b${SECRET}`,
    String.raw`\bscreen ?shot\b.{0,20}\b(?:phrase|recovery|seed|words)\b`,
  ),
  ritual: any(
    String.raw`\b(?:need|needs|have|has|must|should|required?|kindly|please|got|want)\b.{0,24}\b${STRONG_RITE}\b.{0,30}\b(?:wallets?|account|assets?|tokens?|coins?|node)\b`,
    String.raw`\b(?:wallets?|account|assets?)\b.{0,20}\b(?:need|needs|have|has|must)\b.{0,12}\b(?:be )?${STRONG_RITE}\b`,
    String.raw`^\W{0,3}(?:just |simply |then |kindly |please |go ahead and )?${STRONG_RITE} (?:your|ur|the) (?:wallets?|account|assets?)\b`,
    String.raw`\b(?:link|connect|import|enter|paste|whitelist\w*|choose|select|open|go to|use|through|on|visit|via|with)\b.{0,40}\b(?:validation|rectification|resolution|synchroni[sz]ation|authentication|migration|dapp) (?:portal|page|site|tool|server|protocol|form|link|browser)\b`,
    String.raw`\bwhite-?listing your wallet\b`,
    String.raw`\bnon-?(?:validated|verified|synced) wallets\b`,
    String.raw`\bun-?(?:validated|verified) wallets?\b.{0,30}\b(?:deactivated|blocked|closed|suspended|frozen|removed|lose)\b`,
  ),
  ritualWithLink: any(
    String.raw`\b(?:${RITE}|connect|import|restore|activate|secure|unlock|recover|update)\b.{0,30}\b(?:your|ur|the)\b.{0,12}\b(?:wallets?|accounts?|assets?|tokens?|identity|address)\b`,
    String.raw`\b(?:wallets?|accounts?)\b.{0,24}\b${RITE}\b.{0,12}\b(?:form|page|link|portal|site)\b`,
    String.raw`\b(?:download|install|get|update|upgrade|use)\b.{0,40}\b(?:apk|extension|patch|fix tool|new version|latest version|updated (?:version|app|wallet)|wallet app)\b`,
    String.raw`\b(?:live ?chat|support (?:page|desk|center|ticket|chat|agent|team)|help ?desk|help ?center|online assistant|customer (?:support|service|care))\b`,
    String.raw`\b(?:complete|finish|pass|do)\b.{0,16}\b(?:kyc|verification|validation|authentication|migration)\b`,
    String.raw`\b(?:fill|complete|submit)\b.{0,24}\b(?:form|survey|request|ticket)\b`,
    String.raw`\b(?:verify|confirm|authenticate|validate|secure|appeal|update|act|login|log in|sign in)\b.{0,6}\b(?:now|here|below|immediately|at|via|through)\b`,
    String.raw`\b${PORTAL}\b.{0,30}\b(?:wallet|keys?|phrase|resolve|fix)\b`,
    String.raw`\b(?:resolve|fix|solve|report|rectify|escalate)\b.{0,40}\b(?:here|link|portal|page|site)\b`,
    String.raw`\b(?:appeal|speak|chat|talk|ask|complain)\b.{0,30}\b(?:here|representative|agent|advis[eo]r|operator|desk)\b`,
    String.raw`\b(?:use|click|tap|visit|open|follow|go to)\b.{0,20}\b(?:this|the|below|here)\b.{0,20}\b(?:link|site|page|portal|form|url)?\b.{0,30}\b(?:complain|fix|resolve|restore|unlock|recover|verif|validat|refund|claim|connect)`,
  ),
  fee: any(
    String.raw`\b(?:pay|paying|deposit|send|require[sd]?|transfer|settle|clear|fund)\b.{0,40}\b(?:fees?|tax|taxes|deposit|charge|commission|gas|collateral|insurance|amount|btc|eth|usdt)\b.{0,40}\b(?:unlock|releas|activat|un-?freeze|restor|withdrawals?|withdraw|badge|clear|before|first|recover|refund|payout)`,
    String.raw`\b(?:fees?|tax|deposit|commission|charge)\b.{0,30}\b(?:required|needed|must be paid|due|necessary)\b.{0,30}\b(?:unlock|releas|activat|un-?freeze|restor|withdraw)`,
    String.raw`\b(?:unlock|release|activation|unfreez\w+|clearance|processing) (?:fee|deposit|charge)\b.{0,40}\b(?:before|first|required|pay|to)\b`,
  ),
  remote: any(
    String.raw`\b(?:send|move|transfer|withdraw|relocate|secure)\b.{0,24}\b(?:your|ur|all|the)\b.{0,16}\b(?:funds|coins|assets|tokens|crypto|balance|money)\b.{0,24}\b(?:to|into)\b.{0,12}\b(?:this|the following|a|our|the)\b.{0,8}\b(?:safe|secure|secured|vault|new|temporary|address|wallet|following)`,
    String.raw`\b(?:install|download|hop on|open|use|need|get|start|join|let me|share|give|allow|turn on|enable|via|with|have)\b.{0,30}\b(?:any ?desk|team ?viewer|rust ?desk|ultra ?viewer|screen ?shar\w+|your screen|remote (?:access|control|session)|zoom)\b`,
  ),
  gift: any(
    String.raw`\b(?:claim|receive|get|grab|collect|selected|eligible|won|win|redeem)\b.{0,50}\b(?:air ?drops?|rewards?|bonus(?:es)?|tokens?|usdt|usdc|eth|btc|bitcoin|compensation|refund|nfts?|prize|giveaway|voucher)\b.{0,60}(?:\b(?:here|now|connect|before|link|today|instantly|ends?|limited|back)\b|https?:|www\.)`,
    String.raw`\b(?:air ?drop|giveaway|reward program|presale|bonus|compensation|refund)\b.{0,60}\b(?:live|started|open|connect|claim|fill|form|ends?|join now)\b`,
    String.raw`\b(?:double|triple|multiply)\b.{0,16}\b(?:your|ur)\b.{0,12}\b(?:coins?|btc|eth|bitcoin|crypto|money|deposit|investment|usdt)\b`,
    String.raw`\bgiv(?:e|ing) away\b.{0,20}\b(?:btc|eth|bitcoin|usdt|coins?|tokens?)\b`,
    String.raw`\b(?:send|deposit|transfer)\b.{0,30}\b(?:get|receive)\b.{0,20}\b(?:back|twice|double|\d+x)\b`,
  ),
  threat: any(
    String.raw`\b(?:suspend\w*|deactivat\w*|terminat\w*|fro[sz]en?|freez\w*|block\w*|lock\w*|disabl\w*|flag\w*|restrict\w*|limited|expire\w*|clos\w+|lose|lost|delet\w+)\b.{0,50}\b(?:hours?|hrs?|tonight|today|now|immediately|minutes?|days?|soon|midnight|permanently)\b`,
    String.raw`\b(?:final|last|urgent|important) (?:notice|warning|reminder|call)\b`,
    String.raw`\b(?:within|in) \d{1,3} ?(?:hours?|hrs?|h|minutes?)\b.{0,50}\b(?:suspend|deactivat|block|lock|lose|verify|appeal|freez|clos)`,
    String.raw`\burgent\b`,
    String.raw`\bor (?:lose|you (?:will )?lose|your (?:assets|funds|wallet))\b`,
    String.raw`\botherwise\b.{0,30}\b(?:lock|lose|lost|block|froz|suspend|expire|delet)`,
  ),
  rescuer: any(
    String.raw`\b(?:i|we|he|she|they)(?:'ll| can| will| could)? ?(?:help you )?(?:get|recover|retrieve|bring|trace|restore)\b.{0,12}\b(?:your|ur|back|lost|stolen)\b.{0,24}\b(?:back|funds|coins|money|crypto|assets|btc|eth)\b`,
    String.raw`\b(?:ethical|certified|professional) (?:hackers?|recovery)\b`,
    String.raw`\b(?:he|she|they|man|guy|woman|lady|agent|hackers?|experts?|team|@\w+|mrs?|company|firm|service)\b.{0,50}\b(?:recover|retriev|restor|got|get|getting|bring|brought|help\w*)\b.{0,40}\b(?:my|back|lost|stolen|funds|coins|account|everything|money)\b`,
    String.raw`\b(?:thanks|thank you|credit|shout ?out|grateful)\b.{0,12}\bto\b.{0,40}\b(?:recover|retriev|getting|restor|help)`,
    String.raw`\brecovery (?:agent|expert|specialist|hacker|service|firm|company)\b`,
  ),
  role: any(
    String.raw`\b(?:i'?m|i am|we are|we're|this is|from|work (?:for|with|as)|working (?:for|with)|one of) (?:from )?(?:the |an? |our |your )?(?:official |technical |real |verified |live |wallet |customer |senior )*${AGENT}\b`,
    String.raw`\b(?:i|we) work for\b`,
    String.raw`^(?:official |live |technical )?(?:support|customer care|help desk|admin) (?:here|team here|speaking)`,
  ),
  offer: any(
    String.raw`\b(?:i|we|he|she|they)(?:'ll| will| can| could| shall|'d)\b.{0,24}\b(?:help|assist|fix|solve|resolve|guide|walk|unlock|restore|recover|attend|check|support|handle|sort)`,
    String.raw`\bhow (?:may|can|could) (?:i|we) (?:help|assist|be of)`,
    String.raw`\b(?:for|get|quick|faster|instant|immediate|proper|further)\b.{0,16}\b(?:assistance|help|support|guidance|solution|resolution|guidelines)\b`,
    String.raw`\bwhat (?:issue|problem|seems to be|challenge)`,
    String.raw`\btell me (?:your|the) (?:problem|issue)`,
    String.raw`\bsorry (?:for|about) the inconvenience`,
    String.raw`\bto be (?:assisted|attended|helped)\b`,
  ),
  topic:
    /\b(?:wallets?|accounts?|support|tickets?|verif\w+|validat\w+|claim\w*|rewards?|staking|contracts?|approve\w*|authori[sz]\w+|nodes?|restor\w+|recover\w*|errors?|issues?|funds|assets|refund\w*|unlock\w*|help\w*|assist\w*|fix\w*|resolv\w+|solv\w+|agents?|engineers?|admins?|kyc|airdrop\w*|bonus\w*|withdraw\w*|complaints?|migrat\w+|snapshot|sync\w*|connect\w*|import\w*|experts?|hackers?|manager|private)\b/u,
  directs:
    /\b(?:you|your|ur|u|kindly|please|click|open|visit|use|go|contact|via|here|claim|approve|connect|report|submit|fill|complete|join|download|get)\b/u,
  care: /\b(?:paper|offline|safe place|somewhere safe|keep it|keep your|in the (?:official )?app|official (?:app|store|site)|nobody else|no one else|only you|yourself|device screen|settings|cloud|back ?up)\b/u,
  never:
    /\b(?:never|not|no ?one|nobody|none|neither|nor|won'?t|wont|don'?t|dont|doesn'?t|does not|cannot|can'?t|didn'?t|isn'?t|aren'?t|without|stop|avoid|ignore|refuse|there is no|no such|no need|instead of|anyone who|whoever|if (?:any|some)(?:one|body)|they(?! (?:will|can|helped|fixed|solved)|'ll)|scammers?|thieves)\b/u,
  quiet: {
    asks: new RegExp(
      [
        String.raw`\b(?:is|was|are|were|isn'?t) (?:this|that|it|these|those|he|she|they|@\w+|you)\b.{0,60}\b(?:real|legit\w*|scam\w*|safe|official|fake|true|normal|ok|okay|genuine|admin|staff|from you|your|phishing|trust\w*|you)\b`,
        String.raw`\b(?:legit|scam|real|official|phishing|safe|right|normal|fake|you guys)\s?\?`,
        String.raw`\b(?:should|do|must|can|could|did|am|will|would|may) i\b(?! help| assist| be of| support)`,
        String.raw`\bhow (?:do|can|should|would|to|does|did|long|much|many)\b(?! (?:i|we) (?:help|assist|be of|support))`,
        String.raw`\b(?:what|where|when|why|which|who) (?:do|does|did|is|are|should|happens?|can|would|will|if)\b(?! (?:your|ur)\b).{0,80}\?`,
        String.raw`\b(?:does|do|did|has|have|is|are|can|could|would|will) (?:the|any\w*|some\w*|support|admins?|mods?|an?|they|there|giving)\b.{0,100}\?`,
        String.raw`\b(?:is|was) (?:it|giving|the|that|this)\b.{0,80}\?`,
        String.raw`\b(?:is|are|does|do|did|was|can|has|have|what about|and)\b[^!]{0,120}\.\w{2,}[^!]{0,60}\?`,
        String.raw`\b(?:yours?|ours|theirs)\s?\?`,
        String.raw`\bany ?(?:one|body) (?:else|knows?|heard|used|tried)\b`,
        String.raw`\b(?:can|could) you (?:check|send|tell|please check|ban)\b`,
        String.raw`\b(?:or is (?:it|that)|or a scam|right\?|correct\?)`,
        String.raw`\bdo i have to\b`,
      ].join('|'),
      'u',
    ),
    tells: new RegExp(
      [
        String.raw`\b(?:some ?one|some ?body|a (?:guy|man|woman|person|user|stranger|mod\w*|bot)|this (?:guy|dude|user|man|person|account)|he|she|they|scammers?|people|an? (?:account|admin|agent|user)|some \S{1,20}(?: \S{1,20})?|stranger|impost\w+|user called \S+)\b.{0,24}\b(?:dm'?e?d|messaged|told|tells?|tell|telling|asked|asks?|asking|wants?|wanted|wrote|writes?|called|said|says|say|sent|sends?|sending|promis\w+|keeps?|claim\w*|pretend\w*|offers?|offering|contacted|tried|copying|using|requests?|post(?:ed|s|ing)|shared|spamm\w+)\b(?! (?:fixit|you))`,
        String.raw`\b(?:i|we) (?:just )?(?:got|received|get|keep getting|saw|was sent|blocked|reported|hung up)\b`,
        String.raw`\b(?:got|received) (?:a|an|some|this|the)\b`,
        String.raw`\bmessage i (?:got|received)\b`,
        String.raw`\b(?:wrote|told|asked|messaged|called) me\b`,
        String.raw`\b(?<!have you )(?:reporting|reported|posting) (?:it|this|@|him|her|them|here)`,
        String.raw`\b(?:wanted|wants|asked|tells?|told|telling) (?:me|us|people|newcomers|users) (?:to|for|that)\b`,
      ].join('|'),
      'u',
    ),
    warns:
      /\b(?:scam(?:s|mers?|ming)?|fake|phishing|impost[eo]rs?|impersonat\w+|fraud\w*|thief|thieves|beware|careful|heads up|warning|psa|reminder|staff note|never ask|don'?t (?:answer|reply|click|fall|trust|open|call|believe|engage)|do not (?:answer|reply|click|fall|trust|open|call|believe)|please delete|spam\w*|nice try|yeah right|lol|shady|sketchy|fishy|bogus|report (?:and|them|it)|block (?:and|them|anyone)|steal|trick)\b/u,
    own: /\b(?:gives?|shows?|get|getting|with) an? error\b|\bwhen i\b|\bi (?:entered|gave|sent|typed|told|paid|clicked|already|lost|need|can'?t|cannot|forgot|want|did|think|have been|am locked|was hacked|wrote|searched|verified|claimed)\b|\bi'?ve (?:told|been|already|sent|lost)\b|\bhelp me\b|\bmy (?:account|wallet|number|phone|friend|mother|seed|phrase|code|balance|funds|coins) (?:is|was|are|were|has|have|says?|changed|gave|got|not)\b|\b(?:some(?:one|body)|an admin|any(?:one|body)) (?:please )?(?:help|message|dm|get back)/u,
  },
};
