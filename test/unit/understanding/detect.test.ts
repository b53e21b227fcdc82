import { describe, expect, it } from 'vitest';
import { createUnderstanding } from '../../../src/understanding/index.js';
import { SHORT_MESSAGES } from '../../support/short-messages.js';
import { BOOKS } from './small-books.js';

/** Short messages as people type them, with and without the marks of their language; `xx` is one we do not know. */
const MESSAGES: Readonly<Record<string, readonly string[]>> = {
  es: [
    'olvidé mi contraseña',
    'no me llega el correo para restablecer',
    'perdi mi telefono y no puedo entrar',
    'me robaron la cuenta ayuda',
    'hola buenas, alguien me puede ayudar',
    'cuanto tarda en llegar el codigo',
    'la página me pide mi frase semilla es normal?',
    'ya no tengo ese numero de celular',
    'mi billetera esta vacia',
    'como cambio el idioma',
    'quiero hablar con una persona',
    'se me perdio el papel con las 12 palabras',
    'envie usdt a la red equivocada',
    'esto es una estafa?',
    'no funciona la app se cierra sola',
    'me bloquearon por muchos intentos',
    'di mi frase a un desconocido por telegram',
    'por que tengo que esperar 24 horas',
    'el enlace ya vencio',
    'gracias por todo',
  ],
  pt: [
    'esqueci minha senha',
    'não recebi o email para redefinir',
    'perdi meu celular e nao consigo entrar',
    'roubaram minha conta socorro',
    'oi, alguém pode me ajudar',
    'quanto tempo demora pra chegar o codigo',
    'o site pediu minha frase secreta isso é normal?',
    'nao tenho mais esse numero',
    'minha carteira esta vazia',
    'como mudo o idioma',
    'quero falar com um atendente',
    'perdi o papel com as 12 palavras',
    'enviei usdt na rede errada',
    'isso é golpe?',
    'o app nao abre mais',
    'minha conta foi bloqueada por muitas tentativas',
    'passei minha frase pra um estranho no telegram',
    'por que preciso esperar 24 horas',
    'muito obrigado',
  ],
  vi: [
    'tôi quên mật khẩu',
    'toi quen mat khau roi',
    'không nhận được email đặt lại',
    'mất điện thoại không đăng nhập được',
    'mat dien thoai khong dang nhap duoc',
    'tài khoản của tôi bị hack',
    'cho mình hỏi bao lâu thì có mã',
    'trang web này có phải chính thức không',
    'tôi muốn gặp nhân viên hỗ trợ',
    'toi bi lua dao mat het tien',
    'làm sao để đổi số điện thoại',
    'ví của tôi trống rỗng',
    'ứng dụng không mở được',
    'toi lo dua cum tu khoi phuc cho nguoi khac',
    'tại sao phải đợi 24 giờ',
    'liên kết hết hạn rồi',
    'cảm ơn bạn nhiều',
    'lam the nao de lay lai vi',
  ],
  tr: [
    'şifremi unuttum',
    'sifremi unuttum ne yapmaliyim',
    'sıfırlama maili gelmedi',
    'telefonumu kaybettim giremiyorum',
    'hesabim calindi yardim edin',
    'merhaba biri yardım edebilir mi',
    'kod ne kadar sürede gelir',
    'site kurtarma kelimelerimi istiyor normal mi',
    'artik o numarayi kullanmiyorum',
    'cüzdanım boşaltıldı',
    'dili nasil degistirebilirim',
    'bir insanla konusmak istiyorum',
    '12 kelimenin yazili oldugu kagidi kaybettim',
    'usdt yi yanlis aga gonderdim',
    'bu dolandirici mi',
    'uygulama acilmiyor',
    'cok fazla deneme yaptim hesap kilitlendi',
    'neden 24 saat beklemem gerekiyor',
    'linkin suresi dolmus',
    'tesekkur ederim',
  ],
  id: [
    'saya lupa kata sandi',
    'lupa password dompet gimana dong',
    'email reset belum masuk',
    'hp saya hilang tidak bisa login',
    'akun saya dicuri tolong',
    'halo ada yang bisa bantu',
    'berapa lama kode nya sampai',
    'situs ini minta frasa pemulihan apa itu wajar',
    'nomor itu sudah tidak aktif',
    'dompet saya kosong',
    'bagaimana cara ganti bahasa',
    'mau bicara dengan orang asli',
    'kertas 12 kata saya hilang',
    'salah kirim usdt ke jaringan lain',
    'ini penipuan bukan',
    'aplikasinya gak bisa dibuka',
    'akun terkunci karena terlalu banyak percobaan',
    'kenapa harus nunggu 24 jam',
    'tautannya sudah kedaluwarsa',
    'makasih banyak ya kak',
  ],
  ru: [
    'я забыл пароль',
    'не приходит письмо для сброса',
    'у меня украли деньги помогите',
    'потерял телефон не могу войти',
    'сколько ждать код',
  ],
  ko: ['비밀번호를 잊어버렸어요', '메일이 안 와요', '휴대폰을 잃어버렸어요', '누가 제 지갑을 훔쳤어요'],
  ja: [
    'パスワードを忘れました',
    'メールが届かない',
    '暗証番号変更',
    'スマホをなくした',
    '認証コードが来ない',
    '残高が消えた助けて',
    '送金手数料',
    '認証番号',
  ],
  de: [
    'ich habe mein passwort vergessen',
    'ich bekomme keine mail zum zurücksetzen',
    'mein handy ist weg und ich komme nicht rein',
  ],
  fr: ["j'ai oublié mon mot de passe", 'je ne reçois pas le mail', "on m'a volé mon téléphone"],
  it: ['ho dimenticato la password', 'non ricevo la mail'],
  nl: ['ik ben mijn wachtwoord vergeten'],
  pl: ['zapomniałem hasła do portfela'],
  th: ['ลืมรหัสผ่าน'],
  ar: ['نسيت كلمة المرور'],
  el: ['ξέχασα τον κωδικό μου'],
  he: ['שכחתי את הסיסמה'],
  hi: ['मैं अपना पासवर्ड भूल गया'],
  bn: ['আমি আমার পাসওয়ার্ড ভুলে গেছি'],
  ta: ['கடவுச்சொல்லை மறந்துவிட்டேன்'],
  te: ['నా పాస్వర్డ్ మర్చిపోయాను'],
  ka: ['პაროლი დამავიწყდა'],
  hy: ['մոռացել եմ գաղտնաբառը'],
  my: ['စကားဝှက်မေ့သွားတယ်'],
  km: ['ខ្ញុំភ្លេចលេខសម្ងាត់'],
  lo: ['ຂ້ອຍລືມລະຫັດຜ່ານ'],
  am: ['የይለፍ ቃሌን ረሳሁት'],
  und: ['ਮੈਂ ਆਪਣਾ ਪਾਸਵਰਡ ਭੁੱਲ ਗਿਆ', 'મારો પાસવર્ડ ભૂલી ગયો', 'ම මුරපදය අමතක වුණා', '𞤨𞤵𞤤𞤢𞤪 𞤬𞤵𞤤𞤬𞤵𞤤𞤣𞤫'],
  zh: [
    'wo wang ji mi ma le',
    'wode qianbao dengbu shangqu',
    'shoubudao youjian zenmeban',
    '我的 2FA 丢了 help',
    'KYC 过不了怎么办',
    'Google Authenticator 换手机了',
    'app 一直 crash',
  ],
  en: [
    'what does 助记词 mean',
    'my phrase got leaked pls help',
    'cant log in to my wallet',
    'idk what my pwd is anymore',
    'someone stole my coins',
    'no sms code comes',
  ],
};
const { languageOf, localeOf, isForeign } = createUnderstanding({ locales: BOOKS });

describe('the language of a short message', () => {
  it.each(Object.entries(MESSAGES))('is told for %s', (language, messages) => {
    const wrong = messages.filter((text) => languageOf(text)?.split('-')[0] !== language);
    expect(wrong).toEqual([]);
  });
  it('is told in nearly all other messages, and in all Chinese and English ones', () => {
    const wrong = Object.entries(SHORT_MESSAGES).flatMap(([tag, messages]) =>
      messages
        .filter((text) => languageOf(text)?.split('-')[0] !== tag.split('-')[0])
        .map((text) => ({ tag, text })),
    );
    expect(wrong.filter(({ tag }) => /^(?:zh|en)/.test(tag))).toEqual([]);
    expect(wrong.length / Object.values(SHORT_MESSAGES).flat().length).toBeLessThanOrEqual(0.011);
  });
  it.each([
    ...['二段式驗證收不到簡訊', '換了新機種登不進去', '需要本人確認嗎', '我換手機機種後驗證器不見了'],
    ...[
      '至急，錢包被盜了',
      '我要復元錢包',
      '這個手數料是什麼',
      '残高是什么意思',
      '取引所的钱没了',
      '我的端末丢了',
    ],
    ...['他說是至急案件', '書類要交給誰', '紛失手機怎麼辦', '可以用二段認證嗎'],
  ])('is Chinese where words of Japanese stand among its own: %s', (text) => {
    expect(languageOf(text)?.split('-')[0]).toBe('zh');
  });

  it.each(['残高不足', '送金未着', '口座凍結', '本人確認書類'])(
    'may be Japanese by words that Chinese could have too, and is never sent away for it: %s',
    (text) => {
      expect(languageOf(text)).toBe('ja');
      expect(isForeign(text)).toBe(false);
    },
  );

  it('is a locale only where that is shipped', () => {
    for (const [language, messages] of Object.entries(MESSAGES))
      if (language !== 'zh' && language !== 'en')
        for (const text of messages) expect(localeOf(text), text).toBeNull();
  });
  it('is not told by nothing, numbers, or words of everywhere', () => {
    for (const text of ['', '?', '123', '👍', 'ok', 'KYC', '2FA', 'Google Authenticator', 'help'])
      expect(languageOf(text), text).toBeNull();
  });
});
