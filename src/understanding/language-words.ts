/**
 * Words that people of a language use all the time, and words of being locked out, without accents. They tell short
 * messages apart, and messages written without their marks, where pieces of words do not.
 */
export const LANGUAGE_WORDS: Readonly<Record<string, string>> = {
  en: `the a an is are was were be been being do does did i my me mine you your we he she they it this that these those there
what where when why how who which can cant could would should will wont not no and or but if of to in on at for from with about
into out up please help have has had get got getting lost forgot forgotten wallet password account email code phone money never
still need want know just any some back new im ive dont didnt doesnt isnt cannot someone gave all than them then him her his our
after before again because been only very too also really now today scammed stolen stole send sent login log sign tell says said
keep keeps work works working wrong change words word real fake safe call left let make mail mails someone something
lock locked unlock setting settings card broken broke max min per see sing song tomorrow yesterday last first limit limits tell show
give read write open close start stop use using used buy sell pay paid price cost fee fees time day days hour hours week long much
many more less good bad best better big small old number numbers number's device desktop computer laptop screen page site website
link click typed type entered enter download install update version official support team human person people agent bot stupid
hacked hack scam scammer stranger friend guy asked ask asking answer question questions why's where's what's how's who's whats hows
seed phrase recovery private key keys backup paper wrote written security secure transaction transfer network address balance empty
missing arrive arrived came come coming receive received pending stuck confirm confirmed failed fail error reset restore recover
expired expire change changed delete deleted remove removed close closed add added find found look looking check checking set up
tried try trying again nothing anything everything every other another same different right left home work job year years month
love hate like think believe thought said say talk talking speak call calling called thing things place way than then so well`,
  es: `soporte solo ahora puede direccion otra seguridad primero otro red transaccion nosotros nadie ese alli despues mismo pide
puedes paso persona pregunta pueden dice acceso actualizar esa sigue autenticacion eso envies nombre tambien deja enseguida
eres mira pantalla datos fondos ningun aun pasa verificacion respuesta ustedes tienes tus entonces hasta otros tiene propia
tiempo cambio comision dispositivo sesion cambia monedas nuestro opcion pasos viejo vuelve cierra contestes contrasenas
escriba escribas hago muestra necesita todavia vieja acuerdo asi boton camino debe des recuperacion remitente tampoco abajo
ella ves correos escribeme moneda recuerdo borra borrar ninguna servicio siempre toques volver abras acepta actualiza
computadora cosas escribes escribiste ladron llegar mensajes oficiales pendiente pida piden veces verdad cambie equipo
hiciste pagues propio puse quita sirve caduco contacta debo dime dimelo direcciones dispositivos empezar equivocada estafador
estoy misma opciones pasar poner queda quiere sigo sola tener veo borres canales cantidad compartir cosa demas estan hablar
hacerlo hice llamada mano nuestra ofrece orden prueba retiro retiros transacciones abrio centro comisiones descarga encuentro
enlaces escribio escribo fallo hayas incorrecta linea mejor ofrezca olvidame recibir tienen acabas archivo ayudar bloqueo
borralo comprobar conoces conversacion cualquier decir doy escribir estos fuerte identidad intercambio llama llame luego
nacimiento nube pase recibi restablecimiento revisa senal sirven tienda unos vuelta actualizaciones ahi aunque capturas
cerrar compara crea cuelga diste ellos escribi exactamente gestor informacion intentos mandan mio movimiento necesitas
ninguno noticias olvidada permiso pon pongas preguntas raro reciente salio sigas solicitud tarjeta activo actua actualizo
adios arriba atencion ayudarte baja bueno cambiala captura comunes comunidad contacto correcta creo cualquiera cuesta dato
el la los las un una es son fue ser estar esta este esto que como cuando donde por para con sin de del al y o pero si no me
mi mis tu su se lo le te yo ha he han puedo quiero necesito tengo olvide contrasena cuenta correo codigo ayuda hola gracias perdi
telefono cartera billetera monedero dinero robaron llego llega recibo favor mucho ya muy mas todo nada alguien hacer ayudame clave
movil numero celular tarda cuanto cual quien porque hay entrar acceder cambiar nueva nuevo mensaje desde hace dias semilla frase
palabras estafa estafaron bloqueada restablecer enlace oficial pagina sitio perdido olvidado ayer hoy ni les nos soy buenas dias
otra otro vez veces incorrecto incorrecta mal bien red sirve funciona hora horas ese esa eso hago hice click di dio dije dijo
abre abrir nunca tampoco tambien aun antes despues ahora aqui puede pueden puedes estoy estan tiene tienen gente cosa esperar
dice sigue pendiente`,
  pt: `o a os as um uma e sao foi ser estar esta este isso isto que como quando onde por para com sem de do da dos das no na nos
nas ou mas se nao me meu minha meus minhas eu voce voces ele ela tenho quero preciso posso consigo esqueci senha conta ajuda ola
oie oii opa eai alo salve tchau adeus valeu vlw obg flw porra burro cade moeda moedas taxa taxas robo errado errada saque expirou
oi obrigado obrigada perdi celular carteira dinheiro roubaram chegou chega recebi favor muito ja mais tudo nada alguem fazer pra
pro ta to codigo quanto qual quem porque tem entrar acessar mudar nova novo mensagem desde faz dias frase palavras golpe golpista
bloqueada redefinir oficial pagina site perdida hoje ontem nem lhe sou bom dia boa tarde numero telefone ainda aqui demora voces
agora depois antes tambem nunca outra outro vez vezes errado errada incorreto incorreta rede abre abrir esse essa aquele aquela
naquele fiz fez veio diz gente coisa estou estao pode podem esperar hora horas mal bem continua pendente`,
  vi: `toi minh ban khong ko khg duoc cua la va co cho voi nay do gi sao the nao o dau khi bi mat quen khau tai khoan vi dien
thoai ma xac nhan thu tien giup roi chua da dang se lam cach nguoi ai cung nhung cac mot hai em anh chi oi a nhe ạ vay ho tro lay
lai vao duoc nhap gui den tu cu moi doi dang ky tin nhan lien he kiem tra lua dao cum hat giong cau hoi bao lau may ngay
dung cai chuyen dich phai giao loi thay nhat phuc thuc xoa khoa noi toan nhieu muon nham rut muc chon gio cong trang khac tieng
biet vien chinh ung bang hinh cam danh xem viet nho goi luu chao tren nap bam lenh xong nua yeu quan dua truoc rieng huy buoc
hien giu ghi luon giay sdt sua thieu het tk mk cskh treo nguoi lieu chay thoat trom cuoc hieu cham khach huong thiet hoat thong loi sai nghi tam mai
sai hoai tat bat chon nham mang qua thay chuyen ve van on xin mai muon biet nua luon het dung`,
  tr: `ve bir bu su o ben sen biz siz ne nasil neden nerede kim hangi var yok degil mi mu mı icin ile ama cok daha gibi kadar
sifremi sifre sifrem unuttum hesap hesabim hesabima hesabimi cuzdan cuzdanim cuzdanima telefon telefonum telefonumu kod kodu gelmedi
gelmiyor yardim lutfen merhaba selam tesekkurler para param paramı calindi giremiyorum istiyorum nedir benim olarak sonra mail
maili posta eposta kaybettim alamiyorum nereden zaman ederim edin musunuz misiniz bana beni hic simdi yeni numara numaram
degistirmek kelime kelimeleri kurtarma gercek sahte dolandirildim dolandirici baglanti adres oldu olur mu miyim yapmaliyim
yanlis guvenlik diyor diyo gizli islem islemim islemi dogrulama destek destege guvenli guvende uygulama uygulamayi misin musun
gonderdim yolladim attim verdim yazdim girdim sildim istedim istiyor geldi gelir gitti kaldi atti yazdi dedi kac eski biri
birine sizin sizden size sizi geri artik hala iki kelimeler kelimelerimi kelimelerim kelimem adresi adresimi adrese sifreyi
kayitli kimlik yaziyor baska iyi sil suresi nereye nerde nerden hatirlamiyorum bilmiyorum kabul edilmiyor etmiyor once olsun
olmuyor calismiyor acilmiyor acilir gorunmuyor bulamiyorum ulasamiyorum erisemiyorum yapamiyorum supheli gerekli goster neler
diye lazim hangisi bekliyorum beklemede yerine niye onay mesaj soru olmus musteri guclu ucret ucreti ozelden tekrar yine
haneli ozel surekli surer hadi hicbir sey almak yapmak etmek acmak kayip caldilar calinmis calmislar degistirir degisiklik
guncelle guncelleme gecersiz dolmus uzaktan tehlikeli olmali olmadan gonder yardimci neydi hatali cevap cevabi gunler aksamlar
gunaydin geceler sagol sagolun eyvallah naber nasilsin slm mrb hosca gorusuruz kimse orada salak aptal rezil berbat beyinsiz
allah defol siktir kalsin vazgec temsilci bakar acil yapicam edicem yapayim miyiz
hesaba gecti gecmedi olmadi yanlis dogru sec sectim ag aga calismiyor calisiyor aciliyor acilmiyor yapayim kapat kapatilir kacta
tikladim yazdi geldi sag hatali diyor hala neler niye`,
  id: `saya aku kamu anda kami kita dia mereka ini itu yang dan atau tapi tidak gak nggak ngga ga tak bisa sudah udah belum ada
di ke dari untuk dengan apa bagaimana gimana kenapa mengapa kapan dimana mana siapa lupa kata sandi akun dompet kode hp ponsel
tolong bantu bantuan terima kasih makasih halo uang hilang dicuri masuk kirim terkirim masih mau ingin jangan lagi aja dong kok
sih nya pemulihan frasa nomor ganti ubah lama berapa baru penipu ditipu penipuan tautan resmi asli palsu surel pesan sms daftar
buat bukan karena kalau jika akan sama juga sangat orang semua cara tidak diterima muncul min kak gan
salah aman keamanan pakai pake kalian minta alamat koin transaksi aplikasi terus boleh bahasa bikin yg katanya dulu ditolak buka
biaya lain telepon punya lewat perlu tau sekarang isi disuruh pasang lapor saldo hari jadi dapet dapat mati kalo jasa padahal cek
nyampe akses simpan apakah layar balikin hubungi balik bener beneran dikirim konfirmasi kosong kehilangan rahasia biar bocor masukin
grup ngaku kuat tukar ketik nunggu terkunci bayar sendiri aset dukungan tiket waktu aneh selamat langsung lihat kunci datang tadi
pernah ulang langkah bagus situs nih soal rusak mulu abis habis pribadi bilang nanti syarat umum halaman banyak susah emang ngapain
males telat hape gue gw lu pagi siang sore malam tidur cabut mulai ilang hangus gagal jaringan jawaban pertanyaan kena nulis layanan
seed phrase private key reset email link login update download transfer share screen support error wallet
butuh versi rekomendasi dadah bego makasi bantuin hapus penarikan kedaluwarsa kadaluarsa gampang
kelupaan biasanya pengen nerima dipakai semuanya dibuka dikunci diminta ketinggalan kebanyakan gangguan kurang satu ketemu nemu
ketipu juta temen tujuan keliru melakukan bahasanya diganti lupakan ditemukan datanya penting bahaya caranya kebuka baca manusia
laporan ketahuan diketahui bingung ngerti pilihan menunggu selesai tanpa kepala teman recovery customer nyangkut dikuras kemarin
pengaturan security network`,
  de: `der die das ein eine einen ist sind war nicht kein keine ich mein meine meinen mich mir du dein sie wir und oder aber wenn
wie was wo wann warum wer kann konto passwort vergessen habe hat auf mit von zu zum fur bitte hilfe danke hallo geld noch nur auch
schon mehr komme rein verloren handy nummer wurde werden es im am dem den des`,
  fr: `le la les un une des est sont pas ne je mon ma mes me tu vous nous il elle que qui quoi comment quand ou pourquoi avec
pour sans de du et mais si mot passe compte oublie perdu aide merci bonjour argent ai ete fait cette ce ca mon telephone numero
recu recois peux plus bien tres votre jai cest au aux dans sur salut`,
  it: `il lo la gli le un una e sono non mi mio mia miei ho hai ha che chi come quando dove perche con per di del della dei o ma se
conto dimenticato perso aiuto grazie ciao soldi posso telefono numero ricevo arrivata arrivato accedere piu anche cosa questo
questa portafoglio codice`,
  nl: `de het een is zijn niet geen ik mijn mij je jouw u wij en of maar als hoe wat waar wanneer waarom wie kan wachtwoord
vergeten heb heeft met van voor naar hulp bedankt hallo geld nog ook kwijt telefoon nummer krijg op te er dat deze dit`,
  pl: `i w na z do nie jest sa moj moja moje ja ty co jak kiedy gdzie dlaczego kto czy haslo konto zapomnialem zapomnialam moge
pomoc dziekuje pieniadze sie mam to ze od za po mi mnie telefon numer kod`,
  tl: `ang ng sa ko mo ako ikaw hindi po na ay mga ba naman lang yung yun ito kung paano bakit kailan saan nakalimutan nawala
pera tulong salamat pwede wala may pa nyo niyo kasi din`,
};

/** Latin words that people of every language write; they say nothing about the language of a message. */
export const EVERYWHERE: ReadonlySet<string> = new Set(
  `ok okay okey kyc 2fa otp pin sms app apk ios android iphone google apple gmail email mail wifi vpn url http https www id qr nft
usdt usdc btc eth sol bnb trx trc20 erc20 bep20 defi dapp token gas tx txid hash wallet bot faq link face touch authenticator telegram
discord slack whatsapp facebook twitter hi hello hey bye thanks thx pls please yes no lol help`.split(/\s+/),
);

/** Languages that understanding is made for; any other one is foreign. */
export const UNDERSTOOD: readonly string[] = ['zh', 'en', 'ja', 'ko', 'es', 'ru', 'vi', 'tr', 'pt', 'id'];
