/**
 * Characters that look like a letter or digit of ASCII and are not led there by NFKD, as code points in hexadecimal.
 * Data, made from `confusables.txt` (Unicode Technical Standard #39) and the character names of Unicode 15.0, completed
 * by what passes for a letter at small sizes. Unicode data is used under the Unicode License v3,
 * https://www.unicode.org/license.txt. Han, kana and hangul are left out: there they are letters of their own.
 */
const LOOKS_LIKE: Readonly<Record<string, string>> = {
  '0': '24ff',
  '1': '24f5 2776 2780 278a 2960',
  '2': '1a7 1a8 1bb 3e8 3e9 14be 14bf 161d 1d24 24f6 2777 2781 278b a644 a645 a6ef a75a',
  '3':
    '1b7 1ba 21c 21d 25c 292 293 417 437 498 499 4e0 4e1 10f3 19a1 1d1f 1d23 1d9a 24f7 2778 2782 278c ' +
    '2ccc 2ccd a76a a76b a7ab 118ca 16f3b 1d206',
  '4': '265 447 4b7 4b9 4cc 13ce 24f8 2779 2783 278d ab9e 118af',
  '5': '1bc 1bd 24f9 277a 2784 278e 118bb',
  '6': '3ed 431 13ee 19c8 24fa 277b 2785 278f 2cd2 2cd3 abbe 118d5',
  '7': '24fb 277c 2786 2790 104d2 104fa 118c6 1d212',
  '8': '222 223 9ea a6a b03 24fc 277d 2787 2791 1031a 1e8cb',
  '9': '9ed a67 b68 d6d 24fd 277e 2788 2792 2cca 2ccb a76e a76f 118ac 118cc 118d6',
  a:
    '19b 23a 250 251 252 28c 391 3b1 3bb 410 430 434 571 e04 10db 120d 13aa 1571 15c4 15c5 15e9 1d00 1d8f ' +
    '1d90 20b3 2200 2202 2376 237a 2c65 a4ee a4ef ab7a ab7f 102a0 16f40 1f150 1f170 1f1e6',
  b:
    'df 180 181 182 183 184 185 243 253 26e 299 392 3b2 411 412 42c 432 44a 44c 462 463 48c 48d d26 e3f ' +
    'e52 e56 10e9 10ea 130c 13cf 13f0 13f4 13f8 13fc 1472 1473 147e 147f 1480 1481 1482 1488 150e 1579 ' +
    '157a 159a 15af 15f7 15f8 15f9 15fd 15fe 15ff 1656 1657 1658 165d 165e 165f 16d2 1d03 1d6c 1d80 266d ' +
    'a4d0 a796 a797 a7b4 a7b5 ab9f 10282 102a1 10301 1f151 1f171 1f1e7',
  c:
    'a2 a9 187 188 23b 23c 255 297 37c 421 441 481 4aa 4ab 577 91f 96e 122d 13df 1455 1456 1461 1462 1463 ' +
    '1464 1465 1466 14bc 150d 1645 1974 19da 1d04 20a1 20b5 2184 21bb 263e 2ca4 2ca5 2d00 a49d a4da a787 ' +
    'a792 a793 a794 a7c4 abaf 102a2 10302 10415 1043d 1051c 118e9 118f2 1df1d 1f152 1f16e 1f172 1f1e8 ' +
    '1f74c',
  d:
    'd0 f0 110 111 189 18a 18b 18c 221 256 257 501 503 56a 13a0 13e7 146f 1470 1471 147a 147b 147c 147d ' +
    '1484 15de 15df 15e0 15ea 15eb 15ec 1d05 1d06 1d6d 1d81 1d91 20ab 2181 a4d2 a4d3 a7c7 a7c8 ab70 abb7 ' +
    '1df25 1f153 1f173 1f1e9',
  e:
    'a3 1dd 246 247 258 259 25b 395 3b5 415 435 44d 454 4bd 4be 4bf 4d9 511 aef 13ac 156e 1653 1971 19c9 ' +
    '1d07 1d92 20ac 2108 212e 2203 22f4 22ff 2377 2c78 2c89 2d39 2d3a a085 a4f0 a4f1 ab32 ab34 ab7c ab9b ' +
    '10286 10429 118a6 118ae 1f154 1f174 1f1ea',
  f:
    '191 192 283 284 3dc 3dd 493 562 127b 15b4 15b5 15b7 1d6e 1d82 1e9d 20a3 214e 2231 a2b0 a4dd a4de ' +
    'a618 a730 a798 a799 a7fb ab35 10287 102a5 10525 118a2 118c2 1d213 1f155 1f175 1f1eb',
  g:
    '18d 193 1e4 1e5 260 261 262 29b 50c 50d 581 648 aed 13c0 13f3 13fb 161c 19c1 1d83 20b2 2141 a4d6 ' +
    'a7a0 a7a1 ab90 1f156 1f176 1f1ec',
  h:
    '126 127 195 266 267 29c 397 41d 43d 452 45b 4a2 4a3 4a5 4bb 4c7 4c8 4c9 4ca 50b 56b 570 9f8 12a8 ' +
    '12a9 12aa 12ab 12de 13bb 13c2 13f2 13fa 144b 157c 15c1 16ba 2653 2c67 2c68 2c8e 2c8f a4e7 a695 a727 ' +
    'a795 a7aa ab8b ab92 102cf 104cd 1d1a6 1f157 1f177 1f1ed',
  i:
    '131 268 269 26a 3b9 456 457 672 13a5 144a 17f8 1963 1d7b 1d7c 1d96 2373 2378 2c93 a024 a647 ab75 ' +
    'ab96 118c3 1df1a 1f158 1f178 1f1ee',
  j:
    '237 248 249 286 296 29d 37f 3f3 408 458 572 575 5e0 644 6b6 e27 e45 130b 13ab 148d 148e 148f 1498 ' +
    '1499 149a 149b 14b4 14b5 1d0a 2d11 a4d9 a7b2 ab7b 1f159 1f179 1f1ef',
  k:
    '138 198 199 29e 39a 3ba 3d7 41a 43a 49a 49b 49d 49e 49f 4a1 4c4 1315 13e6 16d5 1d0b 1d84 20ad 2c69 ' +
    '2c6a 2c94 2c95 a4d7 a740 a741 a742 a743 a744 a745 a7a2 a7a3 abb6 10518 1df03 1f15a 1f17a 1f1f0',
  l:
    '141 142 196 197 19a 1c0 234 23d 26b 26c 26d 285 29f 399 406 4c0 4cf 56c 576 582 5c0 5d5 5df ' +
    '627 661 673 6f1 7ca 1228 13de 14aa 14ab 14b6 14b7 14b8 14b9 14ba 14bb 16c1 1967 1968 1d85 2223 23b3 ' +
    '23fd 2502 2514 2c60 2c61 2c62 2c92 2cd0 2cd1 2d4f a4e1 a4f2 a4f6 a748 a749 a78e a7ad ab37 ab38 ab39 ' +
    'abae 1028a 10309 10320 1041b 10443 10526 118a3 118b2 16f16 16f28 1d22a 1df11 1df13 1df26 1e8c7 1f15b ' +
    '1f17b 1f1f1',
  m:
    '28d 39c 3fa 3fb 41c 43c 4cd 4ce bf1 d28 d69 d71 e53 10dd 1320 13b7 15f0 163b 164f 1662 16d6 17f3 ' +
    '19d5 19d7 1d0d 1d86 264f 2c6e 2c98 2c99 a4df ab3a ab87 102b0 10311 1f15c 1f17c 1f1f2',
  n:
    '14b 19d 19e 220 235 272 273 274 39d 3b7 3c0 41f 43b 43f 4c6 509 564 578 57c 5d4 5d7 e01 e17 e20 e96 ' +
    '1260 1261 1262 1263 1264 1265 1266 12ad 144e 17f7 1952 1962 1965 1d0e 1d12 1d28 1d2b 1d3b 1d70 1d87 ' +
    '20a6 220f 2229 22c2 2c9a 2c9b 2ca0 a4e0 a4f5 a6db a790 a791 a7a4 a7a5 ab3b 1018e 10513 1d1a7 1d1d9 ' +
    '1d1da 1d1dc 1d245 1df27 1f15d 1f17d 1f1f3',
  o:
    'a4 d8 f8 19f 254 275 298 398 39f 3b8 3bf 3c3 3c6 3d9 3f4 41e 43e 444 472 473 47b 4e8 4e9 555 56e 583 ' +
    '585 5e1 647 665 6be 6c1 6d5 6f5 6ff 7c0 966 9e6 a66 ae6 b20 b66 be6 c02 c20 c66 c82 ce6 d02 d20 d66 ' +
    'd82 e4f e50 ed0 1010 101d 1040 10ff 12d0 13be 13eb 1424 17f0 1972 199e 19d0 1d0f 1d11 2295 2296 229d ' +
    '235c 2364 2365 236c 2394 2395 23fa 25ca 25cb 25ef 274d 2764 29b0 29b1 29b2 29b3 29b4 29b5 29b6 29b7 ' +
    '29b8 29b9 29ba 29bb 29bc 29bd 29be 29bf 29c0 29c1 29c2 29c3 2b55 2b58 2c7a 2c9e 2c9f 2d31 2d41 2d54 ' +
    'a132 a4f3 a74a a74b a74c a74d ab3d ab3e ab74 ab8e abbb 10292 102ab 10404 1042c 104c2 104ea 10516 ' +
    '114d0 118b5 118c8 118d7 118e0 1d21a 1df1b 1f15e 1f17e 1f1f4 1f53e 1f53f 1f714',
  p:
    'fe 1a4 1a5 1bf 3a1 3c1 3f7 3f8 420 440 48f 580 584 5e7 12e8 13e2 146c 146d 146e 1476 1477 1478 1479 ' +
    '1d18 1d29 1d71 1d7d 1d88 20b1 20bd 2117 2374 2c63 2ca2 2ca3 a4d1 a750 a751 a752 a753 a754 a755 abb2 ' +
    '10295 104c4 1f15f 1f17f 1f18a 1f1f5',
  q: '24b 2a0 51b 563 566 6f9 146b 2d55 a756 a757 a758 a759 a7af 1f160 1f180 1f1f6',
  r:
    '1a6 24c 24d 27c 27d 27e 280 281 433 44f 491 ab0 12ea 13a1 13d2 1587 16b1 18f4 196c 1d19 1d1a 1d26 ' +
    '1d72 1d73 1d89 211e 211f 2c64 2c85 a4e3 a7a6 a7a7 ab47 ab48 ab49 ab4b ab71 ab81 aba2 104b4 104dc ' +
    '16f35 1d216 1df16 1df28 1f161 1f181 1f1f7',
  rn: '271 1d6f 20a5 11700 118e3',
  s:
    '23f 282 3c2 3db 405 455 54f 57f 586 78e c15 d1f 13d5 13da 1515 1516 1521 1522 1523 1524 18f5 1d74 ' +
    '1d8a 2c7e a1d9 a4e2 a731 a7a8 a7a9 a7c5 a7c9 a7ca aba5 abaa 10296 10420 10448 118c1 16f3a 1df1e ' +
    '1df29 1f162 1f182 1f1f8',
  t:
    '166 167 1ab 1ac 1ad 1ae 236 23e 287 288 3a4 3c4 3ef 422 442 4ac 4ad 565 567 a6e 1325 1352 1355 13a2 ' +
    '142a 1d1b 1d75 2020 20ae 22a4 22a5 2361 23c7 23c9 27d9 2c66 2ca6 2ca7 a4d4 ab72 10297 102b1 10315 ' +
    '118bc 16f0a 1df09 1df2a 1f163 1f183 1f1f9 1f768',
  u:
    '244 289 28a 376 3bc 3c5 438 446 45f 48a 48b 54d 574 57d aaa e19 e22 1200 1201 13cc 144c 1457 1458 ' +
    '1467 162e 1640 1954 1959 1969 1d1c 1d7e 1d99 222a 22c3 a4a4 a4f4 a6a1 a79f a7b8 a7b9 ab4e ab52 ab9c ' +
    '10425 104ce 104f6 118b8 118d8 16f42 1d20b 1f164 1f184 1f1fa',
  v:
    '1b2 28b 3bd 474 475 5d8 5e2 667 6f7 c6e e07 13d9 142f 143a 143b 1601 17f4 1d20 2228 22c1 2304 2c71 ' +
    '2c74 2d38 a4e6 a6df a75e a75f aba9 10197 1051d 11706 118a0 118c0 16f08 1d20d 1f165 1f185 1f1fb 1f708',
  w:
    '26f 3c9 448 449 461 47c 47d 47f 51c 51d 561 c1a d27 e1d e2c e9f 1220 13b3 13c7 13d4 15ef 162f 1635 ' +
    '163a 164e 1661 1955 1d21 20a9 2126 2375 2379 2c72 2c73 2cb1 2cbc 2cbd a4ea a64d a761 a7b6 a7b7 ab83 ' +
    'aba4 102b6 114c5 1170a 1170e 1170f 118e6 118ef 1d222 1f166 1f186 1f1fc',
  x:
    'd7 3a7 3c7 425 436 445 4b2 4b3 4fd 4ff 5d0 10ef 1238 1541 157d 166d 166e 16b7 1d8d 2573 274c 292b ' +
    '292c 2a2f 2a30 2cac 2cad 2d5d a2bc a4eb a7b3 ab53 ab55 ab56 ab57 ab58 ab59 10196 10290 102b4 10317 ' +
    '10322 10527 118ec 1f167 1f187 1f1fd 1f7a8 1f7a9 1f7aa 1f7ab 1f7ac',
  y:
    'a5 1b3 1b4 24e 24f 263 28e 28f 3a5 3b3 3e5 413 423 443 492 4ae 4af 4b0 4b1 57e 5e5 10e7 1203 13a9 ' +
    '13b1 13bd 14a5 1d8c 1efe 1eff 2144 2c84 2ca8 2ca9 a4ec ab5a ab79 ab8d 102b2 118a4 118dc 16f07 16f43 ' +
    '1f168 1f188 1f1fe',
  z:
    '1b5 1b6 224 225 240 290 291 396 3b6 130a 13c3 1646 1d22 1d76 1d8e 2621 2c6b 2c6c 2c7f a4dc a7c6 ab93 ' +
    '102f5 118a9 118c4 118e5 1f169 1f189 1f1ff',
};

/** From a look-alike to what it looks like: one ASCII character, or two (`rn` for m). */
export const CONFUSABLES: ReadonlyMap<string, string> = new Map(
  Object.entries(LOOKS_LIKE).flatMap(([plain, points]) =>
    points.split(' ').map((point) => [String.fromCodePoint(Number.parseInt(point, 16)), plain] as const),
  ),
);
