import type { CueWords } from '../cue-names.js';

export const SPANISH: CueWords = {
  uses: 'marcaba|aprieto|apretaba|tipeo|tipee|entraba|uso siempre|ponemos|la puse|la pongo|tenia|tengo puesta|tengo puesto|cargue|coloco|coloque|uso|usaba|usamos|use|usando|utilizo|utilizaba|pongo|ponia|puse|puso|pusimos|poniendo|pone|meto|metia|meti|metiendo|ingreso|ingresaba|ingrese|escribo|escribia|escribi|tecleo|teclee|marco|marcaba|digito|introduzco|entro con|entraba con|entre con|abro con|la abro|lo abro|abria|se abre con|elegi|configure|configuro|apreto|aprieto|pulso|es lo que',
  opens:
    'abriendo|no me deja|no agarra|no pasa|nada de nada|rojo|sale mal|tampoco|ninguna|ya no|huella|cara|caduc\\w+|sigue sin|desbloque\\w+|abr(?:e|o|ir|ia|en)|entr(?:a|o|ar|aba|e)|acced\\w+|inici\\w+ sesion|ingres(?:ar|o)|deja(?:ba)?|funciona\\w*|sirve\\w*|acept\\w+|agarra|jala|toma|anda|va|incorrect\\w+|equivocad\\w+|erronea|invalid\\w+|mal|bloque\\w+|rechaz\\w+|intentos?|nada|vale|reconoce',
  same: '(?:el |la |los |las )?mism[oa]s?(?: que| del?| de)?|igual(?:es)?(?: que| a| al)?|en tod(?:o|os|as)(?: lados| partes| sitios)?|como (?:la|el) de(?:l)?|para todo|la de siempre|de toda la vida',
  form: 'chiquit[oa]s?|pegadit[oa]|corrido|de corrido|en grande|con mayuscula|la primera|sin nada|todo junto|punto y|minusculas?|mayusculas?|pegad[oa]|junt[oa]s?|espacios?|guion(?: bajo)?|punto|signo|exclamacion|asterisco|arroba|numeral|al final|al principio|al reves|dos veces|con (?:cero|acento|tilde|ene|numeros?|el \\d)|sin (?:acentos?|tildes?|espacios?|nada|la)|letras?|digitos?|numeros|teclado|ceros|unos|con [a-z]|por [a-z]',
  change:
    'reemplace|pase de|saquen|pongan|por|ahora es|antes era|la de antes|resetee|vieja era|viej[oa]|antigu[oa]|anterior|antes|nuev[oa]|ahora|actual|(?:cambi|modific|actualic)\\w+|quise decir|en vez de|era|eran|quiero poner',
  choice:
    'o|u|una de (?:esas|estas|las)|uno de|cualquiera|alguna|cual(?: de)?|no me acuerdo|no recuerdo|no se (?:si|cual)|creo|quizas?|tal vez|capaz|las dos|los dos|ambas|ninguna|alterno|entre',
  attempt: 'prob\\w+|prueba\\w*|prueben?|intent\\w+|fijate|fijese|mira|revis\\w+',
  arrived:
    'me salio|salieron|aparecieron|me tiro|tira|figura|pone|notificacion|whatsapp|otro mas|otro|nuevo|cayo|entro|lleg\\w+|recib\\w+|sms|mensaje\\w*|msj|correo|mail|cel|celular|dice|decia|muestra|aparece|sale|salio|marca|ultimo|ultima|mas reciente|segundo|sono|son[oó]|vino|mandaron|autenticador|authenticator|recien|acaba',
  handed:
    'sobrino|vecin[oa]|amig[oa]|un tipo|una chica|llamaron|llamo|banco|dicte|se la se|compañero|miro|apretaba|conto|lo saben|sabe|(?:le|se lo|se la|les|te|me) (?:di|dije|mande|pase|envie|lei|dicte|paso|mando|doy|dejo|copio|dio|vio|vieron)|por telefono|supuesto|estaf\\w+|falsa?|trucha?|captura|agente|soporte|me pidio|pidieron|se aprendio|vio|miraba|de tanto verme|hack\\w+|se veia',
  memory:
    'calle|casa|cancion|equipo|barrio|colegio|escuela|pueblo|sobrin[oa]|novi[oa]|abuel\\w+|bebe|casamiento|casamos|agenda|pegada|atras|cumple\\w*|naci\\w*|aniversario|boda|perr[oa]|gat[oa]|mascota|hij[oa]s?|niet[oa]s?|espos[oa]|marido|mujer|mama|papa|madre|padre|abuel[oa]|apellido|nombre|apodo|pista|cuaderno|libreta|papel|anot\\w+|apunt\\w+|acuerd\\w+|recuerd\\w+|escrit[oa]|matricula|equipo|ano',
  hurry:
    'rapido|apur\\w+|apresur\\w+|ya (?:vence|cambia|caduca)|venc\\w+|caduc\\w+|expir\\w+|cambia|segundos|corre|antes (?:de )?que',
  here: 'claro|va|aca te va|anota|anote|mira|ahi lo tienes|tomalo|este mismo|eso es|seria|es|era|si,|tenes|tiene|ahi (?:va|te va|tienes|esta)|aqui (?:va|esta|tienes|tiene)|aca (?:va|esta|tenes)|toma|tome|es (?:esta|este|esa|ese|eso)|es[aeo]s? es|este es|esta es|listo|ok|dale|si|perdon|te (?:paso|copio|dejo|mando)|es|son|pues',
  asks: 'es (?:ese|esa|este|esta|eso) (?:el|la|lo)?|algo mas|que hago|que sigue|y ahora|lo (?:pongo|meto)|(?:se lo|te lo|lo) doy|esta bien|sirve|verdad|donde (?:lo|la) pongo|no\\?',
  ownThing:
    '(?:mi|la|el) (?:billetera|wallet|app|cuenta|monedero|cartera|movil|celular|telefono|tarjeta)|siempre|nunca|normalmente|desde ayer|hasta ayer|ayer|hoy|mi|yo|me',
  notSecret:
    'saldo (?:era|es|de) ¤|(?:se llama|me llamo) ¤|(?:por ejemplo|no uses?|evita|ejemplo)[ :]{1,2}¤|(?:puerto|iso|caso|limite|sms del?|mensaje del?|mensaje de texto del?|orden|pedido|ticket|caso|reclamo|solicitud|factura|error|version|modelo|codigo (?:postal|promo\\w*|de (?:descuento|referido|error|invitacion))|promo|cupon|referido|usuario|user|nick|sala|vuelo|bloque|termina(?:do)?(?: en| con)?|acaba (?:en|con)|terminacion|ultimos (?:4|cuatro)(?: digitos)?|transaccion|referencia|guia|agente|folio|expediente)(?: (?:es|era|numero|el|la|mi|no|nro|num|de)){0,2}[ :#.("\']{0,4}¤|¤ (?:diciendo|dice|dijo) que|me escribio ¤',
  promotion: 'promo\\w*|cupon|descuento|referid\\w+|invitacion',
  mayBeOther:
    '(?:cuenta|correo|telegram|se llama|llamado|id|red|precio|saldo|comision|pague|envie|mande|compre|vendi|son|de|desde|en|el ano|del|a las|unos|casi|mas de|hash|numero)(?: (?:es|era|numero|el|la|mi|no|nro|num|de)){0,2}[ :#.("\']{0,4}¤|¤ ?(?:usdt|usd|eth|btc|dolares|pesos|euros|soles|tokens?|personas|veces|transacciones)',
  technical:
    'archivos?|fichero\\w*|carpetas?|directorios?|opcion(?:es)?|ordenes|funcion(?:es)?|parametros?|valor(?:es)?|argumentos?|paquetes?|nucleo|modulos?|servidor\\w*|bytes?|bits?|cadenas?|lineas?|paginas?|columnas?|celdas?|documentos?|predeterminad\\w+|especific\\w+|sistemas?|instal\\w+|formatos?|codific\\w+|estandar|biblioteca|procesos?|variables?|programas?|ejemplo|debe|interfaz|protocolo|seccion|usuarios',
  chat: 'yo|mi|me|q|xq|pq|porfa|por favor|hola|ayuda|no se|oye|che|ok|dale|gracias|perdon|disculpa|pero|tengo|quiero|puse|pongo|nada|ahora|ya|estoy',
};
