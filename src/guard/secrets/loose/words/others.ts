import type { CueWords } from '../cue-names.js';

/** Indonesian, Portuguese, Turkish and Vietnamese, in short. */
export const OTHERS: CueWords = {
  uses: 'pakai|pake|pakenya|gunakan|masukkan|masukin|ketik|tekan|coloco|coloquei|digito|digitei|ponho|entro com|entrava com|usei|uso|usava|kullaniyorum|kullandim|giriyorum|girdim|yaziyorum|yazdim|yaptim|nhap|dung|go|bam|dat la|su dung',
  opens:
    'buka|kebuka|masuk|login|salah|ditolak|terkunci|kunci|abre|abrir|entra|entrar|aceita|errad[ao]|incorret[ao]|bloque\\w+|desbloque\\w+|acilmiyor|acil\\w+|giremiyorum|giris|yanlis|hatali|kilit\\w*|kabul|mo khoa|mo duoc|vao duoc|dang nhap|bi khoa|khong duoc',
  same: 'sama|semua|mesm[ao]|igual|em tudo|ayni\\w*|her yerde|giong|cung la|moi noi',
  form: 'huruf|kecil|besar|spasi|minuscul[ao]s?|maiuscul[ao]s?|espacos?|junto|tudo|kucuk harf|buyuk harf|bosluk\\w*|bitisik|harf|rakam|viet thuong|viet hoa|dau cach|khong dau|viet lien|chu',
  change: 'lama|baru|dulu|ganti|antig[ao]|nov[ao]|mudei|troquei|eski\\w*|yeni\\w*|degistir\\w*|cu|moi|doi',
  choice:
    'atau|antara|ou|um dos|uma das|acho|talvez|veya|ya da|ikisinden|sanirim|galiba|hoac|hay la|chac la|mot trong',
  attempt: 'coba|cobain|tenta|testa|teste|dene\\w*|thu',
  arrived:
    'dapat|dapet|sms|pesan|baru masuk|tertulis|chegou|recebi|diz|mensagem|apareceu|geldi|mesaj\\w*|yaziyor|gelen|nhan duoc|tin nhan|vua den|vua gui|hien',
  handed:
    'kasih|kirim|bilang|penipu\\w*|passei|mandei|falei|golpe\\w*|dei|verdim|soyledim|gonderdim|dolandiric\\w*|gui|dua|noi|lua dao',
  memory:
    'ulang tahun|tanggal lahir|nama|anak|istri|suami|aniversario|nome|filh[ao]|cachorro|esposa|marido|dogum\\w*|isim|ismi|adi|kopegim\\w*|kizim\\w*|oglum\\w*|sinh nhat|ten|con|vo|chong|ngay sinh',
  hurry: 'cepat|buruan|keburu|expira|rapido|logo|cabuk|acele|suresi|nhanh|het han|sap',
  here: 'ini|nih|itu|aqui|esta ai|toma|pronto|e essa|e esse|iste|bu|buyur\\w*|tamam|day|ne|roi|la',
  asks: 'benar|bener|kan|e essa|e esse|certo|ne|dogru mu|bu mu|mi|mu|dung khong|phai khong|roi sao',
  ownThing:
    'saya|aku|gue|dompet|hp|biasanya|selalu|kemarin|meu|minha|eu|carteira|sempre|ontem|celular|benim|cuzdan\\w*|hep|dun|telefon\\w*|toi|minh|em|vi|dien thoai|hom qua|van',
  notSecret:
    '(?:pesanan|tiket|error|versi|akhiran|pedido|chamado|protocolo|erro|versao|siparis|talep|hata|surum|don hang|ma loi|phien ban|so du|duoi)(?: (?:no|nomor|numero|so|la|e)){0,2}[ :#.(]{0,4}¤',
  promotion: 'promo|cupom|desconto|kupon|indirim|khuyen mai|gioi thieu',
  mayBeOther:
    '(?:nomor|saldo|harga|dari|sejak|final|saldo|desde|de|em|son|bakiye|numarasi|so|tu|nam)(?: (?:no|nomor|numero|so|la|e)){0,2}[ :#.(]{0,4}¤|¤ ?(?:rb|ribu|juta|rupiah|reais|lira|tl|dong|vnd|usdt|usd)',
  technical:
    'file|berkas|arquivo\\w*|dosya\\w*|tap tin|tep|opsi|opcao|opcoes|secenek\\w*|tuy chon|perintah|comando\\w*|komut\\w*|lenh|fungsi|funcao|parametro\\w*|sistem\\w*|sistema|he thong|pacote\\w*|paket\\w*|goi|server|servidor|byte|linha\\w*|baris|satir\\w*|dong|contoh|exemplo|ornek|vi du|jika|eger|neu',
  chat: 'saya|aku|gue|tolong|dong|kok|nih|gak|ga|udah|eu|meu|minha|por favor|ajuda|oi|ben|benim|lutfen|yardim|abi|ya|toi|minh|em|giup|voi|a|nhe',
};
