import type { LanguageSigns } from './language-signs.js';

const any = (...sources: readonly string[]): readonly RegExp[] =>
  sources.map((source) => new RegExp(source, 'u'));

const TARGET =
  '(?:@\\w{3,}|\\+\\d[\\d ().-]{7,}|(?:t|wa)\\.me|whats ?app|telegram|signal|wechat|viber|zalo|facebook|messenger|line|instagram)';

const VI_SECRET =
  '(?:cum tu|khoi phuc|khoa (?:rieng|bi mat|ca nhan)|(?:12|24) (?:tu|ky tu)|mat khau|ma (?:otp|xac minh|xac nhan|pin|bao mat)|otp|hat giong|seed)';

/** Vietnamese; accents are folded away. */
export const VIETNAMESE: LanguageSigns = {
  contact: any(
    '(?:nhan tin|inbox|ib|chat|nhan).{0,16}(?:rieng|cho (?:toi|minh|em|admin)|truc tiep)',
    '(?:da|se) (?:nhan tin|inbox|ib) (?:rieng )?cho ban',
    `(?:lien he|nhan tin|ket ban|add|goi|chat).{0,40}${TARGET}`,
  ),
  secret: any(`(?:gui|cung cap|cho (?:toi|minh|em) biet|nhap|doc|chia se|dua).{0,24}${VI_SECRET}`),
  ritual: any(
    '(?:can|phai|vui long|hay).{0,12}(?:xac minh|xac thuc|dong bo|kich hoat|di chuyen).{0,16}(?:vi|tai khoan)\\b',
  ),
  ritualWithLink: any(
    '(?:ket noi|xac minh|xac thuc|dong bo|lien ket|khoi phuc|kich hoat).{0,16}(?:vi|tai khoan)\\b',
    '(?:bam|nhan|truy cap|vao).{0,16}(?:link|lien ket|trang|day)\\b',
  ),
  fee: any(
    '(?:nop|dong|tra|chuyen|thanh toan|nap).{0,24}(?:phi|thue|tien coc|dat coc|ky quy).{0,40}(?:rut|mo khoa|giai toa|kich hoat|truoc)',
  ),
  remote: any(
    '(?:cai|tai|mo|bat|chia se).{0,16}(?:anydesk|teamviewer|ultraviewer|man hinh|dieu khien tu xa)',
  ),
  gift: any(
    '(?:nhan|lanh|claim).{0,20}(?:airdrop|thuong|qua|token|usdt|hoan tien)',
    '(?:airdrop|trung thuong).{0,30}(?:ket noi|nhan|link)',
  ),
  threat: any(
    '(?:bi khoa|tam ngung|dong bang|dinh chi|vo hieu).{0,24}(?:gio|ngay|hom nay)?',
    '(?:khan cap|ngay lap tuc|trong vong)',
  ),
  rescuer: any('(?:lay lai|thu hoi).{0,24}(?:tien|coin|tai khoan).{0,30}(?:@|lien he|nho)'),
  role: any('(?:toi|minh|em|day|chung toi) la .{0,16}(?:ho tro|admin|quan tri|cskh|ky thuat|cham soc)'),
  offer: any('(?:ho tro|giup|xu ly|giai quyet|khoi phuc)'),
  topic:
    /\b(?:vi|tai khoan|ho tro|xac minh|xac thuc|airdrop|thuong|rut|mo khoa|khoi phuc|ket noi|xu ly|giai quyet|tien|admin)\b/u,
  care: /(?:giay|ngoai tuyen|ung dung chinh thuc|sao luu)/u,
  never: /(?:^|\s)(?:khong|dung|chua|cam|canh giac)(?=\s|$)/u,
  quiet: {
    asks: /\?|(?:phai (?:lua dao )?khong|co that|lam sao|the nao|tai sao)/u,
    tells: /(?:co nguoi|ai do|ho bao|ho noi|nguoi la|noi la|doi |bao toi)/u,
    warns: /(?:lua dao|canh bao|gia mao|khong bao gio|can than|dung gui)/u,
    own: /(?:toi khong|bi mat dien thoai|quen mat khau|toi da gui)/u,
  },
};

const ID_SECRET =
  '(?:frasa|seed|kunci (?:pribadi|privat)|(?:12|24) kata|kata sandi|kode(?: otp| verifikasi)?|otp|pin|mnemonic)';

/** Indonesian. */
export const INDONESIAN: LanguageSigns = {
  contact: any(
    '(?:dm|inbox|japri|chat|kirim pesan|pesan).{0,16}(?:saya|kami|pribadi|langsung|untuk bantuan)',
    '(?:sudah|akan) (?:mengirim|kirim|menghubungi|dm).{0,16}(?:pesan|dm|anda)',
    `(?:hubungi|chat|tambahkan|kontak|wa|telepon|pesan).{0,40}${TARGET}`,
  ),
  secret: any(
    `(?:kirim\\w*|berikan|beri ?tahu\\w*|masukkan|bagikan|sebutkan|berikan|isi).{0,24}${ID_SECRET}`,
  ),
  ritual: any(
    '(?:harus|perlu|wajib|silakan|mohon).{0,12}(?:memverifikasi|verifikasi|sinkronkan|menyinkronkan|validasi|memvalidasi|migrasi\\w*).{0,16}(?:dompet|wallet|akun)',
    '^sinkronkan dompet',
  ),
  ritualWithLink: any(
    '(?:hubungkan|verifikasi|memverifikasi|sinkron\\w*|validasi|pulihkan|aktifkan|sambungkan).{0,16}(?:dompet|wallet|akun)',
    '(?:klik|buka|kunjungi).{0,16}(?:tautan|link|situs|halaman|sini)',
  ),
  fee: any(
    '(?:bayar|setor|transfer|kirim).{0,24}(?:biaya|pajak|deposit|jaminan).{0,40}(?:tarik|penarikan|buka|cair|aktif|dulu)',
  ),
  remote: any('(?:instal\\w*|unduh|buka|bagikan).{0,16}(?:anydesk|teamviewer|layar|jarak jauh)'),
  gift: any(
    '(?:klaim|terima|dapatkan|ambil).{0,20}(?:airdrop|hadiah|bonus|token|usdt|reward)',
    '(?:airdrop|hadiah).{0,30}(?:hubungkan|klaim|tautan)',
  ),
  threat: any(
    '(?:ditangguhkan|diblokir|dibekukan|ditutup|dihapus).{0,24}(?:jam|hari|segera|sekarang)?',
    '(?:darurat|segera|peringatan terakhir)',
  ),
  rescuer: any(
    '(?:mengembalikan|memulihkan|kembali).{0,24}(?:dana|uang|koin|akun).{0,30}(?:@|hubungi|berkat)',
  ),
  role: any(
    '(?:saya|kami|ini)(?: dari| adalah)? (?:tim )?(?:dukungan|admin|cs|layanan pelanggan|moderator|teknisi|support)',
  ),
  offer: any('(?:bantu\\w*|bantuan|menyelesaikan|penyelesaian|memulihkan|atasi)'),
  topic:
    /\b(?:dompet|wallet|akun|dukungan|bantu\w*|verifikasi|klaim|hadiah|airdrop|dana|penarikan|pulihkan|hubungkan|admin|masalah)\b/u,
  care: /\b(?:kertas|offline|aplikasi resmi|cadangan)\b/u,
  never: /\b(?:tidak|jangan|bukan|belum|tanpa|waspada|tak)\b/u,
  quiet: {
    asks: /\?|\b(?:apakah|bagaimana|kenapa|mengapa)\b/u,
    tells: /\b(?:ada yang|seseorang|orang|mengaku|disuruh|diminta|saya disuruh)\b/u,
    warns: /\b(?:penipu\w*|palsu|waspada|hati-hati|tidak pernah|jangan)\b/u,
    own: /\b(?:tidak masuk|tidak bisa|lupa|hilang|terkunci)\b/u,
  },
};
