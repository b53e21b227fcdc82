import { describe, expect, it } from 'vitest';
import { falseLetters } from '../../../src/authoring/false-letters.js';

describe('what is not what people see', () => {
  it.each([
    ['en', 'The f\u0435e is small', 'f\u0435e', 'fee'],
    ['en', 'The \u{1d41f}ee is small', '\u{1d41f}ee', 'fee'],
    ['ru', 'Откройте w\u0430llet', 'w\u0430llet', 'wallet'],
    ['el', 'Ανοίξτε το w\u03b1llet', 'w\u03b1llet', 'wallet'],
    ['zh-CN', '打开 \uff41pp', '\uff41pp', 'app'],
  ])('in %s: %s', (locale, text, word, plain) => {
    expect(falseLetters(text, locale)).toEqual({ kind: 'word', word, plain });
  });

  it.each([
    ['en', 'Hidden\u200b word', '\u200b'],
    ['en', 'Turned \u202egnol', '\u202e'],
    ['en', 'wal\u200dlet', '\u200d'],
    ['zh-CN', '密\u00ad码', '\u00ad'],
    ['en', 'private \ue000', '\ue000'],
  ])('in %s nobody sees a character of %j', (locale, text, sign) => {
    expect(falseLetters(text, locale)).toEqual({ kind: 'unseen', sign });
  });

  it.each([
    ['en', 'Two lines\nand “quotes” – 5 € ✓'],
    ['en', '👍🏽 👨‍👩‍👧 👩🏽‍💻 ❤️‍🔥'],
    ['vi', 'Đặt lại mật khẩu'],
    ['ru', 'Код из SMS: не сообщайте никому'],
    ['ja', 'パスワードを忘れた'],
    ['ko', '비밀번호를 잊었어요'],
    ['zh-TW', '錢包 App 打不開'],
    ['fa', 'نمی\u200cشود'],
    ['hi', 'क्\u200dष'],
  ])('%s may say %s', (locale, text) => {
    expect(falseLetters(text, locale)).toBeNull();
  });
});
