import { foldedPattern } from './plain-text.js';

/** What people call a private key, in every shipped and some other languages. */
export const KEY_WORDS = foldedPattern(
  [
    String.raw`(?:private|priv|secret|signing|master|wallet|spend|view|imported|import|my)[\s_.\-]{0,3}key|\bpriv[_\-]?k(?:ey)?\b|\bp\.?k\.?(?= ?[:=]| is\b)|\bsk\b|privatekey|secretkey|\bkey (?:for|of|to) my\b|\bkey\b(?= ?(?:is\b|[:=]))|keypair|raw key`,
    '私钥|私鑰|私匙|密钥|密鑰|钥匙|秘钥|秘鑰',
    '秘密鍵|(?<=[^\\p{L}]|^)鍵は|プライベートキー|シークレットキー|秘密キー|プライベート鍵',
    '개인.{0,1}키|비밀.{0,1}키|프라이빗.{0,1}키|시크릿.{0,1}키',
    '(?:la|mi) llave|(?:clave|llave).{0,4}(?:privada|secreta)|chave.{0,4}(?:privada|secreta)',
    'приватн.{0,4}ключ|закрыт.{0,4}ключ|секретн.{0,4}ключ|приватник|ключ.{0,3}(?:от|к) кошел|приватк|мой ключ|ключ(?= ?[:=]| вот| такой)',
    'khóa.{0,3}(?:riêng|bí mật|cá nhân)|khoá.{0,3}(?:riêng|bí mật)|private key',
    '(?:özel|gizli).{0,3}anahtar|kunci.{0,3}(?:privat|pribadi|rahasia)|clé.{0,4}privée|chiave.{0,4}privata',
  ].join('|'),
  'gu',
);

/** What else has the shape of a key: transactions, blocks, checksums, public keys, addresses, contents. */
export const HASH_WORDS = foldedPattern(
  [
    String.raw`\btx(?:s|id|ids|n|ns|_?hash)?\b|transactions?|transfer|\bhash(?:es)?\b|hash|\bblocks?\b|explorer|etherscan|tronscan|bscscan|solscan|blockchair|mempool|sha-?(?:1|2|3|256|512)|keccak|checksum|digest|integrity|merkle|\broot\b|signature|\bsig\b|\bcommit\b|public.?key|pub.?key|\bpub\b|\btopics?\b|nonce|\bsalt\b|fingerprint|thumbprint|docker|image|\boid\b|\bblob\b|\betag\b|deposit|withdraw|payment|\bsent\b|receipt|\border\b|\bproof\b|contract|address|\bdata\b|calldata|\binput\b|\bslot\b|state|\btlsa\b|\bpsk\b`,
    '交易|哈希|雜湊|哈希值|区块|區塊|转账|轉帳|轉賬|充值|提现|提現|公钥|公鑰|地址|签名|簽名|订单|單號|校验|记录|紀錄|合约|流水',
    'トランザクション|ハッシュ|ブロック|公開鍵|取引|送金|署名|入金|出金|アドレス|チェックサム',
    '트랜잭션|거래|해시|블록|공개.?키|송금|입금|출금|주소|서명|체크섬',
    'transacci[oó]n|transac|\\bhash\\b|bloque|transferencia|firma|clave p[uú]blica|dep[oó]sito|retiro|envi[eé]|comprobante',
    'транзакц|хеш|хэш|блок|перевод|публичн|открыт.{0,4}ключ|подпис|депозит|платеж|адрес|вывод|контрольн',
    'giao dịch|mã băm|khối|chuyển khoản|işlem|blok|havale|transaksi|transferir|transferência|bloco|recibo',
  ].join('|'),
  'gu',
);
